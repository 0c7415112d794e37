run texrc
run texrc --version
run texrc chekc
run texrc sample --help
run texrc check --help
run texrc completion bash
run texrc check --fxi x
