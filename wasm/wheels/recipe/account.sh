#!/usr/bin/env bash
# What is in the wheels and under which licences, written down by looking at what was built.
. "$(dirname "$0")/environment.sh"

say "licences"
python3 "$BUILD/recipe/licences.py" "$BUILD"
say "inputs"
python3 "$BUILD/recipe/facts.py" "$BUILD"
