run texrc specs
run texrc specs births
run texrc specs brths
run texrc new visits
run texrc check visits.texr
run texrc new visits
run texrc new visits.texr
run texrc sample visits.texr -n 2
