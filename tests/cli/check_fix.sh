cat > coins.texr <<'END'
// two coins
dataset coins “Tosses of two coins” {
  columns {
    first  : categorical {head, tail} "The first coin"
    second : categorical {head, tail} "The second coin"
  }
  model {
    first ~ uniform
    second | first ~ {head: {head: 70%, tail: rest}; tail: {head: 50%, tail: rest}}
  }
}
END
run texrc check coins.texr
run texrc check --fix coins.texr
run cat coins.texr
run texrc check coins.texr
