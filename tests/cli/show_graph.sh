run texrc show "$SPECS/health/births.texr" -n 2000
run texrc graph "$SPECS/health/births.texr"
run texrc graph "$SPECS/health/births.texr" --format mermaid
texrc graph "$SPECS/health/births.texr" -o births.svg && head -c 5 births.svg
