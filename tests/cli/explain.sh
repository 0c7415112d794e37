run texrc explain
run texrc explain TX301
run texrc explain circle
run texrc explain normal
run texrc explain nomral
run texrc explain TX998
