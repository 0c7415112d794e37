cat > rain.texr <<'END'
# A day.
dataset rain "One day" { topic "Weather"
columns { rain: boolean "It rained"   # measured
          wet: boolean "The grass is wet" }
model { rain~{no:0.7,yes:0.3}
# Sprinklers, too.
wet|rain~{no:{no:0.9,yes:rest};yes:{no:0.05,yes:0.95}} } }
END
run texrc format --check rain.texr
run texrc format --diff rain.texr
run texrc format - < rain.texr
run texrc format rain.texr
run texrc format rain.texr
run texrc format --check rain.texr
echo 'dataset broken {' > broken.texr
run texrc format broken.texr rain.texr
