cat > coin.texr <<'END'
dataset coin "Tosses of a coin" {
  columns {
    side   : categorical {head, tail}         "Side up"
    height : continuous [0, 3] (unit "m")     "How high it went"
    turns  : integer [0, 60]                  "Turns in the air"
    caught : boolean                          "It was caught"
  }
  model {
    side ~ {head: 0.5, tail: 0.5}
    height ~ normal(1, 0.3)
    turns ~ poisson(1 + 20*height)
    caught ~ logit(2 - height)
  }
}
END
run texrc sample coin.texr -n 5
run texrc sample coin.texr -n 5 --seed 1
run texrc sample coin.texr --rows 3:5
run texrc sample coin.texr -n 2 --format jsonl
run texrc sample coin.texr -n 3 -o coin.csv
run cat coin.csv
run texrc sample coin.texr -n 3 -o coin.parquet
run texrc sample coin.texr -n 3 -o coin.arrow
run ls
run texrc sample coin.texr -n 3 -o coin.xls
run texrc sample coin.texr -n 3 -o nowhere/coin.csv
run texrc sample coin.texr -n -3
run texrc sample coin.texr -n 3 --rows 1:2
run texrc sample coin.texr --rows 5:2
run texrc sample coin.texr --seed x
run texrc sample coin.texr -n 0
run texrc sample - -n 1 < coin.texr
texrc sample coin.texr -n 100000 --format csv > /dev/full; echo "[exit $?]"
texrc sample coin.texr -n 100000 | head -n 2
