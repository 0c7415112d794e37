"""More rows than one wants in memory: batches on their way to a Parquet file."""

import pyarrow.parquet as pq

import texrc
from texrc.library import library

ROWS = 300_000

sampler = texrc.compile(library()["finance/card_payments"].path)
with pq.ParquetWriter("payments.parquet", sampler.schema(seed=1, first=0, last=ROWS)) as file:
    for batch in sampler.batches(ROWS, seed=1, batch_size=50_000):
        file.write_batch(batch)

written = pq.ParquetFile("payments.parquet")
print(written.metadata.num_rows, "rows in", written.num_row_groups, "row groups")

# Any part can be drawn on its own, here or on another machine, and is the same.
part = sampler.sample(10, seed=1, first_row=250_000)
assert part.equals(written.read_row_group(5).slice(0, 10))
print(part.to_pandas()[["merchant", "amount", "fraud"]])
