run texrc specs
run texrc specs births
run texrc specs brths
run texrc specs health
run texrc show births
run texrc new visits
run texrc check visits.texr
run texrc new visits
run texrc new visits.texr
run texrc check visit.texr
run texrc check visits
run texrc sample visits.texr -n 2
