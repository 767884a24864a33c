#!/usr/bin/env bash
# The proofs of the purchase with large figures; hours, not minutes. A failure names its seed or case.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release
export CPH_WIZARD_BIN="$PWD/target/release/cph-wizard"
CPH_WIZARD_KILLS="${CPH_WIZARD_KILLS:-2500}" cargo test --test purchase -- --nocapture
CPH_WIZARD_TEST_CASES="${CPH_WIZARD_TEST_CASES:-1000000}" cargo test --lib purchase::
CPH_WIZARD_NOISE="${CPH_WIZARD_NOISE:-10000000}" cargo test --release --test fuzz
CPH_WIZARD_MODEL="${CPH_WIZARD_MODEL:-events=5}" cargo test --release --test model -- --nocapture
