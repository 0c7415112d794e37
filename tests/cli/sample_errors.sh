cat > shop.texr <<'END'
dataset shop "One day in a shop" {
  columns {
    visitors : integer [0, 500]     "People who came in"
    buyers   : integer [0, 500]     "People who bought"
    share    : continuous [0, 1]    "Share of buyers"
  }
  model {
    visitors ~ poisson(3)
    buyers ~ uniform
    share = buyers/visitors
  }
}
END
run texrc sample shop.texr -n 100 -o shop.csv
cat > drift.texr <<'END'
dataset drift "One walk" {
  columns {
    a   : continuous [0, 10] "First"
    b   : continuous [0, 10] "Second"
    sum : continuous [0, 15] "Sum"
  }
  model {
    a ~ uniform
    b | a ~ { < 5: normal(5, 3); _: normal(3, 3) }
    sum = abs(a*a + b*b - a*a - b*b) + a + min(b, exp(2)) 
  }
}
END
run texrc sample drift.texr -n 1000 -o drift.csv
cat > bare.texr <<'END'
dataset bare "One thing" { columns { x : boolean "Something" } }
END
run texrc sample bare.texr
run ls
