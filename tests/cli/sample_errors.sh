cat > meter.texr <<'END'
dataset meter "One reading of an electricity meter" {
  columns {
    elapsed: continuous [0, 1e9] (unit "s")  "Time since the meter was built in"
    hour:    continuous [0, 23.999]          "Hour of the day"
  }
  model {
    elapsed ~ uniform
    hour = (elapsed - 86400*floor(elapsed/86400))/3600
  }
}
END
run texrc check meter.texr
run texrc sample meter.texr -n 100000 -o meter.parquet
run texrc sample meter.texr -n 100000 --threads 1 -o meter.csv
cat > bare.texr <<'END'
dataset bare "One thing" { columns { x : boolean "Something" } }
END
run texrc sample bare.texr
echo a,b > table.csv
run texrc import table.csv
run texrc new visits
run texrc sample visits.texr -n 2e0
run texrc sample visits.texr -n 2.5
run texrc sample visits.texr -n inf
run ls
