//! Rows about `ports`: names of 1-16 bytes, not `adb` or `vnc`, numbers 10000-50000, none twice.

use cph_wizard::order::{Draft, Issue};

use super::row::{Row, bad, bad_twice, good, port};

pub fn rows() -> Vec<Row> {
    let mut rows = names();
    rows.extend(reserved());
    rows.extend(numbers());
    rows.extend(repeated());
    rows
}

fn named(draft: &mut Draft, name: &str) {
    draft.ports = vec![port(name, "20000")];
}

fn numbered(draft: &mut Draft, number: &str) {
    draft.ports = vec![port("app", number)];
}

fn names() -> Vec<Row> {
    vec![
        good("no ports", |draft| draft.ports.clear()),
        bad(
            "a port name of 0 bytes",
            |draft| named(draft, ""),
            Issue::PortNameMissing { row: 0 },
            "Port row 1 has no name: 1-16 bytes are needed",
            "CPS.0038",
        ),
        good("a port name of 1 byte", |draft| named(draft, "a")),
        good("a port name of 15 bytes", |draft| named(draft, &"a".repeat(15))),
        good("a port name of 16 bytes", |draft| named(draft, &"a".repeat(16))),
        good("a port name of 8 characters in 16 bytes", |draft| named(draft, &"é".repeat(8))),
        bad(
            "a port name of 17 bytes",
            |draft| named(draft, &"a".repeat(17)),
            Issue::PortNameTooLong { row: 0, bytes: 17 },
            "Port name in row 1 has 17 bytes: at most 16 are allowed",
            "CPS.0038",
        ),
        bad(
            "a port name of 9 characters in 17 bytes",
            |draft| named(draft, &("é".repeat(8) + "a")),
            Issue::PortNameTooLong { row: 0, bytes: 17 },
            "Port name in row 1 has 17 bytes: at most 16 are allowed",
            "CPS.0038",
        ),
    ]
}

fn reserved() -> Vec<Row> {
    let reserved = |case, change, name: &str, sentence| {
        bad(case, change, Issue::PortNameReserved { row: 0, name: name.into() }, sentence, "CPS.0038")
    };
    vec![
        reserved(
            "a port called adb",
            |draft| named(draft, "adb"),
            "adb",
            "Port name adb in row 1 is reserved: adb and vnc cannot be used",
        ),
        reserved(
            "a port called AdB",
            |draft| named(draft, "AdB"),
            "AdB",
            "Port name AdB in row 1 is reserved: adb and vnc cannot be used",
        ),
        reserved(
            "a port called vnc",
            |draft| named(draft, "vnc"),
            "vnc",
            "Port name vnc in row 1 is reserved: adb and vnc cannot be used",
        ),
        reserved(
            "a port called VNC",
            |draft| named(draft, "VNC"),
            "VNC",
            "Port name VNC in row 1 is reserved: adb and vnc cannot be used",
        ),
        good("a port whose name begins like a reserved one", |draft| named(draft, "adb2")),
        good("a port whose name ends like a reserved one", |draft| named(draft, "my-vnc")),
    ]
}

fn numbers() -> Vec<Row> {
    let outside = |case, change, typed: &str, sentence| {
        bad(case, change, Issue::PortNumberOutside { row: 0, typed: typed.into() }, sentence, "CPS.0040")
    };
    vec![
        bad(
            "a port without a number",
            |draft| numbered(draft, ""),
            Issue::PortNumberMissing { row: 0 },
            "Port row 1 has no number: 10000-50000 is right",
            "CPS.0040",
        ),
        bad(
            "a port whose number is none",
            |draft| numbered(draft, "http"),
            Issue::PortNumberNotNumber { row: 0, typed: "http".into() },
            "Port http in row 1 is not a whole number: 10000-50000 is right",
            "CPS.0040",
        ),
        outside("port 8080", |draft| numbered(draft, "8080"), "8080", "Port 8080 in row 1 is outside 10000-50000"),
        outside("port 9999", |draft| numbered(draft, "9999"), "9999", "Port 9999 in row 1 is outside 10000-50000"),
        good("port 10000", |draft| numbered(draft, "10000")),
        good("port 10001", |draft| numbered(draft, "10001")),
        good("port 49999", |draft| numbered(draft, "49999")),
        good("port 50000", |draft| numbered(draft, "50000")),
        outside("port 50001", |draft| numbered(draft, "50001"), "50001", "Port 50001 in row 1 is outside 10000-50000"),
        outside(
            "a port that wraps round to 20000 in 16 bits",
            |draft| numbered(draft, "85536"),
            "85536",
            "Port 85536 in row 1 is outside 10000-50000",
        ),
        outside(
            "minus 20000",
            |draft| numbered(draft, "-20000"),
            "-20000",
            "Port -20000 in row 1 is outside 10000-50000",
        ),
    ]
}

fn repeated() -> Vec<Row> {
    vec![
        good("many different ports, public and private", |draft| {
            draft.ports = (0..40).map(|n| port(&format!("app{n}"), &(10_000 + n * 1000).to_string())).collect();
            draft.ports[7].public = true;
        }),
        good("two port names that differ in letter case only", |draft| {
            draft.ports = vec![port("app", "10000"), port("App", "10001")];
        }),
        bad(
            "the same port name in the first and the third row",
            |draft| draft.ports = vec![port("a", "10000"), port("b", "10001"), port("a", "10002")],
            Issue::PortNameTwice { row: 2, first: 0, name: "a".into() },
            "Port name a in row 3 is taken by row 1",
            "CPS.0039",
        ),
        bad(
            "the same port number in the second and the third row",
            |draft| draft.ports = vec![port("a", "10000"), port("b", "10001"), port("c", "10001")],
            Issue::PortNumberTwice { row: 2, first: 1, number: 10_001 },
            "Port 10001 in row 3 is taken by row 2",
            "CPS.0041",
        ),
        bad(
            "the same port number written in two ways",
            |draft| draft.ports = vec![port("a", "10000"), port("b", "0010000")],
            Issue::PortNumberTwice { row: 1, first: 0, number: 10_000 },
            "Port 10000 in row 2 is taken by row 1",
            "CPS.0041",
        ),
        bad_twice(
            "a wrong name in the first row and a wrong number in the second",
            |draft| draft.ports = vec![port("adb", "10000"), port("b", "1")],
            [
                (
                    Issue::PortNameReserved { row: 0, name: "adb".into() },
                    "Port name adb in row 1 is reserved: adb and vnc cannot be used",
                ),
                (Issue::PortNumberOutside { row: 1, typed: "1".into() }, "Port 1 in row 2 is outside 10000-50000"),
            ],
            "CPS.0038",
        ),
    ]
}
