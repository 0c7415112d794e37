cat > coin.texr <<'END'
dataset coin "Tosses of a coin" {
  columns {
    side   : categorical {head, tail}         "Side up"
    height : continuous [0, 3] (unit "m")     "How high it went"
  }
  model {
    side ~ {head: 0.5, tail: 0.5}
    height | side ~ { head: normal(1, 0.3); tail: uniform(0, 2) }
  }
}
END
run texrc compile coin.texr
run ls
run texrc compile coin.texr --emit tokens
run texrc compile coin.texr --emit ast
run texrc compile coin.texr --emit ir
run texrc compile coin.texr --emit plan
run texrc compile coin.texr --emit schema
run texrc compile coin.texr --emit dot
run texrc compile coin.texr --emit json
run texrc compile coin.texr --emit soup
