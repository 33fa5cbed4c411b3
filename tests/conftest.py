"""How many examples the property tests try: a slice in every run, many in scripts/prove."""

from hypothesis import HealthCheck, settings

# A run of every commit must be the same when nothing changed, and must not depend on how busy the machine is.
settings.register_profile("slice", max_examples=100, deadline=None, derandomize=True)
settings.register_profile(
    "prove", max_examples=20_000, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("slice")
