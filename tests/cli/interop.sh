cat > coin.bif <<'END'
network coin { }
variable bias { type discrete [ 2 ] { fair, loaded }; }
variable side { type discrete [ 2 ] { head, tail }; }
probability ( bias ) { table 0.9, 0.1; }
probability ( side | bias ) {
  (fair) 0.5, 0.5;
  (loaded) 0.8, 0.2;
}
END
run texrc import coin.bif
run texrc import coin.bif -o coin.texr
run texrc export coin.texr --format bif
run texrc export coin.texr -o coin.json
run texrc import coin.json
run texrc export coin.texr --format dot
run texrc import coin.xyz
run texrc import nothing.bif
echo 'network x { variable' | run texrc import - --from bif
run texrc export
run texrc export "$SPECS/health/births.texr" --format bif
