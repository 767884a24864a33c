//! Examples for the long help of each command. A test parses every one of them as a command line.

use crate::i18n::{self, phrase, tr};

/// A command line and its description.
struct Example {
    what: &'static str,
    line: &'static str,
}

const fn example(what: &'static str, line: &'static str) -> Example {
    Example { what, line }
}

/// The examples by the path of their command.
const EXAMPLES: &[(&str, &[Example])] = &[
    (
        "",
        &[
            example(phrase!("Try everything against the embedded simulator"), "cph-wizard --demo"),
            example(
                phrase!("Begin with a template, two things changed"),
                "cph-wizard --template farm --set server_name=web-02 --set count=3",
            ),
            example(phrase!("Order again, in another region"), "cph-wizard --last --region ap-southeast-3"),
        ],
    ),
    (
        "simulate",
        &[
            example(
                phrase!("Serve a scene and keep every accepted order"),
                "cph-wizard simulate --listen 127.0.0.1:8080 --scene slow --ledger orders.jsonl",
            ),
            example(phrase!("Speak https"), "cph-wizard simulate --tls --ca-out ca.pem"),
        ],
    ),
    (
        "check",
        &[
            example(phrase!("Say everything that is wrong with a file"), "cph-wizard check order.json"),
            example(phrase!("Check standard input for a script"), "cph-wizard check - --json"),
            example(
                phrase!("Ask the cloud too, with another answer"),
                "cph-wizard check order.json --online --set count=3",
            ),
        ],
    ),
    (
        "buy",
        &[
            example(
                phrase!("Buy exactly the bytes that `check` has shown"),
                "cph-wizard buy order.json --confirm SHA256",
            ),
            example(
                phrase!("Place an order that is not paid yet, from a pipe, the result in JSON"),
                "cph-wizard buy - --yes --json",
            ),
            example(
                phrase!("Pay at once, and stay until the servers are ready"),
                "cph-wizard buy order.json --confirm SHA256 --wait ready --timeout 1h",
            ),
        ],
    ),
    (
        "template",
        &[
            example(phrase!("Begin an order file with explanations"), "cph-wizard template"),
            example(phrase!("Begin a short one"), "cph-wizard template --minimal"),
        ],
    ),
    ("schema", &[example(phrase!("Keep the schema where an editor finds it"), "cph-wizard schema")]),
    (
        "export",
        &[
            example(phrase!("The order as a script for curl"), "cph-wizard export order.json --as curl"),
            example(
                phrase!("The order as a Terraform resource, with another count"),
                "cph-wizard export order.json --as terraform --set count=3",
            ),
        ],
    ),
    (
        "catalogue",
        &[
            example(phrase!("Images of one Android version"), "cph-wizard catalogue images --filter AOSP9"),
            example(phrase!("Phone flavors for a spreadsheet"), "cph-wizard catalogue phones --csv"),
            example(phrase!("Images of the demo, without an account"), "cph-wizard catalogue images --demo"),
        ],
    ),
    (
        "orders",
        &[
            example(phrase!("Every confirmed order"), "cph-wizard orders"),
            example(phrase!("Orders of the demo, for a script"), "cph-wizard orders list --demo --json"),
        ],
    ),
    (
        "orders list",
        &[
            example(phrase!("Every confirmed order, for a script"), "cph-wizard orders list --json"),
            example(
                phrase!("Orders of the last week whose outcome is unknown"),
                "cph-wizard orders list --state UNKNOWN --since 7d",
            ),
        ],
    ),
    (
        "orders export",
        &[example(phrase!("Orders of one project for a spreadsheet"), "cph-wizard orders export --csv --project 3f2a")],
    ),
    ("orders show", &[example(phrase!("One order, by the beginning of its id"), "cph-wizard orders show 3f2a")]),
    (
        "orders reconcile",
        &[
            example(phrase!("Search for every order whose outcome is unknown"), "cph-wizard orders reconcile"),
            example(
                phrase!("Look for one, in the account that it went to"),
                "cph-wizard orders reconcile 3f2a --profile work",
            ),
        ],
    ),
    (
        "orders resolve",
        &[
            example(
                phrase!("The console shows the order"),
                "cph-wizard orders resolve 3f2a --order-id CS2509211413ABCDE",
            ),
            example(
                phrase!("The console shows no order, in a script"),
                "cph-wizard orders resolve 3f2a --not-placed --yes",
            ),
        ],
    ),
    ("orders verify", &[example(phrase!("After a disk failed, or in a script"), "cph-wizard orders verify --json")]),
    (
        "orders repair",
        &[example(phrase!("After the journal was restored from a backup"), "cph-wizard orders repair --accept")],
    ),
    (
        "profile",
        &[
            example(phrase!("Every profile, the one in use marked"), "cph-wizard profile"),
            example(phrase!("Try the way to the cloud"), "cph-wizard profile doctor"),
        ],
    ),
    ("profile list", &[example(phrase!("Every profile, for a script"), "cph-wizard profile list --json")]),
    (
        "profile show",
        &[
            example(phrase!("What the next start would take, and from where"), "cph-wizard profile show"),
            example(
                phrase!("What a profile would come to in another region"),
                "cph-wizard profile show work --region cn-east-3",
            ),
        ],
    ),
    (
        "profile add",
        &[
            example(
                phrase!("Set up a profile and put it in use"),
                "cph-wizard profile add work --region cn-north-4 --use",
            ),
            example(
                phrase!("Take the token from a file, and begin with two servers"),
                "cph-wizard profile add ci --region cn-north-4 --token-file t --default count=2",
            ),
        ],
    ),
    (
        "profile edit",
        &[
            example(phrase!("Change the region"), "cph-wizard profile edit work --region cn-east-3"),
            example(phrase!("Take the project away"), "cph-wizard profile edit work --clear project_id"),
        ],
    ),
    ("profile remove", &[example(phrase!("Remove a profile"), "cph-wizard profile remove work")]),
    ("profile use", &[example(phrase!("Put another profile in use"), "cph-wizard profile use work")]),
    (
        "profile doctor",
        &[
            example(phrase!("Try the way of the profile in use"), "cph-wizard profile doctor"),
            example(phrase!("Try another one, for a script"), "cph-wizard profile doctor work --json"),
        ],
    ),
    (
        "completions",
        &[
            example(phrase!("Complete in this shell"), "cph-wizard completions bash"),
            example(phrase!("Write the script for another one"), "cph-wizard completions zsh"),
        ],
    ),
    (
        "man",
        &[
            example(phrase!("The page of a command, in the pager"), "cph-wizard man orders show"),
            example(phrase!("Write every page"), "cph-wizard man --dir share/man/man1"),
        ],
    ),
];

/// Returns the examples of a command: the description in the active language, and the command line.
pub fn of(path: &str) -> Vec<(&'static str, &'static str)> {
    let found = EXAMPLES.iter().find(|(of, _)| *of == path);
    let examples = found.map_or(&[][..], |(_, examples)| examples);
    examples.iter().map(|Example { what, line }| (i18n::t(what), *line)).collect()
}

/// Formats the examples of a command in the active language; `None` if it has none.
pub fn shown(path: &str) -> Option<String> {
    let (_, examples) = EXAMPLES.iter().find(|(of, _)| *of == path)?;
    let lines = examples.iter().map(|Example { what, line }| format!("  # {}\n  {line}", i18n::t(what)));
    Some(format!("{}\n{}", tr!("Examples:"), lines.collect::<Vec<_>>().join("\n")))
}
