"""A spec of the library, compiled and sampled; the table as pandas people like it."""

import texrc
from texrc.library import library

spec = texrc.load(library()["insurance/health_cover"].path)
print(spec.name, "-", spec.description)
print("charges depends on", ", ".join(spec.parents["charges"]))

sampler = texrc.compile(spec)
table = sampler.sample(10_000, seed=7)
print(table.to_pandas().groupby("plan", observed=True)["charges"].describe().round(0))

# The table knows where it comes from: the digest of its spec, the seed, what its columns mean.
print({key.decode(): value.decode()[:40] for key, value in table.schema.metadata.items()})
print(table.schema.field("bmi").metadata)
