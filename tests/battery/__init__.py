"""Evidence for the random numbers: statistical tests of the streams as texr uses them.

    make battery                                  all arrangements, 0.5 GiB each
    make battery BATTERY="-b 512 -a corpus"       8 GiB of one
    make battery BATTERY="-d -a columns_8"        dieharder (Debian's and Ubuntu's package)
    make battery BATTERY="-g splitmix64"          another generator; -h has them all
    python -m tests.battery.speed                 what the candidates cost

What is tested is what is used: `arrangements` fills its words by calling the compiled
functions that the sampler calls, with the keys that it makes, and lays them side by side as
tables do: one column's 16-bit draws (from both ends, every other row, their leading bits,
call by call), the numbers of 63 bits that they are part of, the bits that settled ties in a
column of 257 labels, 52-bit units and 64-bit words, pairs of normals, all uses of one cell,
rows of 8 and of 40 columns, consecutive seeds, names that differ by a letter, the tables of a
corpus, the first rows of very many columns. `test_arrangements.py`, which is part of
`make test`, holds these words against the NumPy functions'.

The tests are those of the families of TestU01's SmallCrush and Crush and of PractRand,
written here because neither can be installed from a registry, with statistics that add up
over the whole length (`cells`, `spacings`, `bits`, `linear`). `controls` are streams that
they must let pass and faulty ones that they must not. dieharder is the second opinion.
p-values of one run are of the same words, so they are not independent of each other.

`report.md` says what was run, what came of it, and why the generator is what it is.
"""
