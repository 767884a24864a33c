//! THE TABLE: a row for each field of the order. Focus order, step line, help, review and request
//! pane all come from here; a new field is a row here and a member of the draft.

use crate::order::{BandwidthKind, COUNT, Draft, FieldId, MBIT, PeriodUnit, Range, Vnc};

use crate::words::{self, phrase};

use super::control::{Control, Slot};

/// A page of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    Flavor,
    Image,
    Count,
    Bandwidth,
    Billing,
    Ports,
    Access,
    Review,
}

impl Step {
    pub const ALL: [Self; 8] = [
        Self::Flavor,
        Self::Image,
        Self::Count,
        Self::Bandwidth,
        Self::Billing,
        Self::Ports,
        Self::Access,
        Self::Review,
    ];

    #[must_use]
    pub fn name(self) -> &'static str {
        words::of(match self {
            Self::Flavor => phrase!("Flavor"),
            Self::Image => phrase!("Image"),
            Self::Count => phrase!("Count"),
            Self::Bandwidth => phrase!("Bandwidth"),
            Self::Billing => phrase!("Billing"),
            Self::Ports => phrase!("Ports"),
            Self::Access => phrase!("Access"),
            Self::Review => phrase!("Review"),
        })
    }

    /// The place among the steps, from 0.
    #[must_use]
    pub fn index(self) -> usize {
        Self::ALL.iter().position(|step| *step == self).unwrap_or(0)
    }

    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self.index() + 1).copied()
    }

    #[must_use]
    pub fn previous(self) -> Option<Self> {
        self.index().checked_sub(1).and_then(|at| Self::ALL.get(at)).copied()
    }
}

/// The document that a rule comes from, and its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    pub document: &'static str,
    pub date: &'static str,
}

const OPERATION: Source =
    Source { document: "API reference, CreateCloudPhoneServer (cph_api_0507)", date: "2020-07-30" };

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    pub id: FieldId,
    pub step: Step,
    pub control: Control,
    /// What is right, in a few words; stands below the form while the field has the focus.
    pub rule: &'static str,
    /// What the field is for and what leaving it empty means.
    pub help: &'static str,
    pub example: &'static str,
    pub source: Source,
    /// Whether the draft makes the field matter.
    pub shown: fn(&Draft) -> bool,
}

macro_rules! slot {
    ($member:ident) => {
        Slot { read: |draft| &draft.$member, write: |draft| &mut draft.$member }
    };
}

fn always(_: &Draft) -> bool {
    true
}

fn index_of<T: PartialEq>(all: &[T], one: &T) -> usize {
    all.iter().position(|other| other == one).unwrap_or(0)
}

/// All fields in the order in which they are asked for.
pub static FIELDS: [Field; 16] = [
    Field {
        id: FieldId::ServerFlavor,
        step: Step::Flavor,
        control: Control::Picker { slot: slot!(server_flavor), optional: false },
        rule: "One of the listed server flavors that is on sale",
        help: "The physical server that is bought whole. It decides which phone flavors can be had.",
        example: "physical.rx1.xlarge",
        source: OPERATION,
        shown: always,
    },
    Field {
        id: FieldId::PhoneFlavor,
        step: Step::Flavor,
        control: Control::Picker { slot: slot!(phone_flavor), optional: false },
        rule: "A phone flavor of the chosen server flavor that is on sale",
        help: "How a server is divided into phones: their CPU, memory and disk, and how many there are.",
        example: "rx1.cp.c60.d10.e1v1",
        source: OPERATION,
        shown: always,
    },
    Field {
        id: FieldId::Image,
        step: Step::Image,
        control: Control::Picker { slot: slot!(image_id), optional: false },
        rule: "An image with the label of the phone flavor, or an id of at most 32 bytes",
        help: "The Android that runs on every phone. Images and phone flavors are joined by their label.",
        example: "20032120200330a20b000eae5b8c01e6",
        source: OPERATION,
        shown: always,
    },
    Field {
        id: FieldId::ServerName,
        step: Step::Count,
        control: Control::Text { slot: slot!(server_name), counter: |text| format!("{}/60", text.chars().count()) },
        rule: "1-60 characters: A-Z a-z 0-9 _ -",
        help: "The name of the servers. When several are bought, the service adds a number to each.",
        example: "myPhoneServer",
        source: OPERATION,
        shown: always,
    },
    Field {
        id: FieldId::Count,
        step: Step::Count,
        control: Control::Stepper { slot: slot!(count), range: |_| COUNT, unit: "servers" },
        rule: "1-10 servers",
        help: "How many servers are bought with this one order. They are all alike.",
        example: "3",
        source: OPERATION,
        shown: always,
    },
    Field {
        id: FieldId::BandwidthKind,
        step: Step::Bandwidth,
        control: Control::Radio {
            options: &[
                ("dedicated", "charged by traffic"),
                ("new shared", "charged by size"),
                ("existing shared", "one of the project's"),
            ],
            chosen: |draft| index_of(&BandwidthKind::ALL, &draft.bandwidth),
            choose: |draft, at| draft.bandwidth = BandwidthKind::ALL[at.min(2)],
        },
        rule: "Dedicated, new shared or existing shared",
        help: "How the servers reach the internet. It is a cost of its own beside the servers.",
        example: "0 (dedicated), 1 (shared)",
        source: OPERATION,
        shown: always,
    },
    Field {
        id: FieldId::BandwidthId,
        step: Step::Bandwidth,
        control: Control::Picker { slot: slot!(bandwidth_id), optional: false },
        rule: "A shared bandwidth of the project",
        help: "An existing shared bandwidth. Its id takes precedence over type and size.",
        example: "4b1f7c3e-92d0-4a6b-8e57-0cd3a91f6b28",
        source: OPERATION,
        shown: |draft| draft.bandwidth == BandwidthKind::ExistingShared,
    },
    Field {
        id: FieldId::BandwidthSize,
        step: Step::Bandwidth,
        control: Control::Stepper { slot: slot!(bandwidth_size), range: |_| MBIT, unit: "Mbit/s" },
        rule: "1-300 Mbit/s; may stay empty for a dedicated bandwidth",
        help: "The size of the bandwidth. A new shared one needs it; an empty dedicated one gets 300.",
        example: "100",
        source: OPERATION,
        shown: |draft| draft.bandwidth != BandwidthKind::ExistingShared,
    },
    Field {
        id: FieldId::ChargingMode,
        step: Step::Billing,
        control: Control::Fixed { value: "yearly/monthly" },
        rule: "0, the only one there is",
        help: "Servers are paid for a period in advance; the operation knows no other way.",
        example: "0",
        source: OPERATION,
        shown: always,
    },
    Field {
        id: FieldId::PeriodUnit,
        step: Step::Billing,
        control: Control::Radio {
            options: &[("month", "1-9 months"), ("year", "1-10 years")],
            chosen: |draft| index_of(&PeriodUnit::ALL, &draft.period_unit),
            choose: |draft, at| draft.period_unit = PeriodUnit::ALL[at.min(1)],
        },
        rule: "Month or year",
        help: "The unit of the subscription.",
        example: "2 (month), 3 (year)",
        source: OPERATION,
        shown: always,
    },
    Field {
        id: FieldId::PeriodNumber,
        step: Step::Billing,
        control: Control::Stepper { slot: slot!(period_number), range: period_range, unit: "" },
        rule: "1-9 months or 1-10 years",
        help: "How long the servers are bought for. They cannot be given back freely before that.",
        example: "1",
        source: OPERATION,
        shown: always,
    },
    Field {
        id: FieldId::AutoPay,
        step: Step::Billing,
        control: Control::Switch {
            on: "PAYS NOW: charged with the order",
            off: "pay later, in the console",
            is_on: |draft| draft.auto_pay,
            set: |draft, on| draft.auto_pay = on,
        },
        rule: "Off unless switched on",
        help: "On: the account is charged at once. Off: the order is kept unpaid, usually for 7 days, and nothing is built.",
        example: "0 (pay later), 1 (pay now)",
        source: OPERATION,
        shown: always,
    },
    Field {
        id: FieldId::Ports,
        step: Step::Ports,
        control: Control::Ports,
        rule: "Names of 1-16 bytes, not adb or vnc; ports 10000-50000; none twice",
        help: "Ports of apps on the phones that the service forwards. A public one can be reached from the internet.",
        example: "myServer1  20000  private",
        source: OPERATION,
        shown: always,
    },
    Field {
        id: FieldId::KeyPair,
        step: Step::Access,
        control: Control::Picker { slot: slot!(key_pair), optional: true },
        rule: "A key pair of the project, at most 64 bytes; may stay empty",
        help: "Needed to log in to the phones with ADB. Empty: no ADB until a key pair is set later.",
        example: "mykeypair",
        source: OPERATION,
        shown: always,
    },
    Field {
        id: FieldId::Vnc,
        step: Step::Access,
        control: Control::Radio {
            options: &[
                ("not sent", "the service decides (off)"),
                ("off", "sent as \"false\""),
                ("on", "sent as \"true\""),
            ],
            chosen: |draft| index_of(&Vnc::ALL, &draft.vnc),
            choose: |draft, at| draft.vnc = Vnc::ALL[at.min(2)],
        },
        rule: "Not sent, off or on",
        help: "Login to the phones by VNC. Not sent means off.",
        example: "true",
        source: OPERATION,
        shown: always,
    },
    Field {
        id: FieldId::Subnet,
        step: Step::Access,
        control: Control::Text { slot: slot!(subnet), counter: |_| String::new() },
        rule: "An IPv4 network such as 10.1.0.0/16; empty: 172.31.0.0/16",
        help: "The servers' own network. Empty: the service uses 172.31.0.0/16. It must not overlap one in use. \
               Own subnets are for accounts that buy every server through the API.",
        example: "10.1.0.0/16",
        source: OPERATION,
        shown: always,
    },
];

fn period_range(draft: &Draft) -> Range {
    draft.period_unit.range()
}

/// The row of a field.
#[must_use]
pub fn field(id: FieldId) -> &'static Field {
    FIELDS.iter().find(|row| row.id == id).unwrap_or(&FIELDS[0])
}

/// The fields of a step that the draft makes matter, in focus order.
pub fn fields_of(step: Step, draft: &Draft) -> impl Iterator<Item = &'static Field> {
    FIELDS.iter().filter(move |row| row.step == step && (row.shown)(draft))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_exactly_one_row_in_the_order_of_the_ids() {
        let rows: Vec<FieldId> = FIELDS.iter().map(|row| row.id).collect();
        assert_eq!(rows, FieldId::ALL);
    }

    #[test]
    fn steps_follow_each_other_and_every_one_but_review_has_fields() {
        let steps: Vec<Step> = FIELDS.iter().map(|row| row.step).collect();
        assert!(steps.is_sorted());
        for step in Step::ALL {
            assert_eq!(fields_of(step, &Draft::default()).count() == 0, step == Step::Review, "{step:?}");
        }
    }
}
