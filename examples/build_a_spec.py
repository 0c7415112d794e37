"""A spec built, edited and printed in Python."""

from texrc import Spec, TexrError, column, compile

spec = Spec.build(
    "deliveries",
    "One parcel delivered by a courier",
    topic="Logistics",
    columns=[
        column("distance", "continuous", (0.2, 40), unit="km", description="Way by road"),
        column("rain", "boolean", description="It rained"),
        column("late", "boolean", target=True, description="Came after the promised hour"),
    ],
    model=[
        "distance ~ lognormal(1.6, 0.8)",
        "rain ~ {no: 0.7, yes: rest}",
        "late ~ logit(-2.5 + 0.06*distance + 0.8*[rain = yes])",
    ],
)
print(spec)

# Editing gives another spec, checked again.
wetter = spec.with_statement("rain ~ {no: 0.4, yes: rest}")
for version in (spec, wetter):
    late = compile(version).sample(20_000, seed=1).column("late").to_numpy().mean()
    print(f"{version.parents['late']}: {late:.1%} late")

# What is wrong is said as the compiler says it.
try:
    spec.with_statement("rain ~ {no: 0.9, yes: 0.3}")
except TexrError as error:
    print(error.diagnostics[0].code, error.diagnostics[0].message)
