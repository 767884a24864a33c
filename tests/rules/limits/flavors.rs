//! Rows about `server_model_name`, `phone_model_name` (at most 64 bytes, listed, on sale, one of the other) and
//! `image_id` (at most 32 bytes, fits the phone flavor).

use cph_wizard::order::{Issue, Warning};

use super::row::{Row, bad, bad_twice, good, unlisted};
use crate::fixture::{OFFLINE_PHONE, PHONE, SERVER, SERVER_WITHOUT_PHONES};

pub fn rows() -> Vec<Row> {
    let mut rows = server_flavors();
    rows.extend(phone_flavors());
    rows.extend(images());
    rows
}

fn server_flavors() -> Vec<Row> {
    vec![
        good("a server flavor that is on sale", |draft| draft.server_flavor = SERVER.into()),
        bad(
            "no server flavor",
            |draft| draft.server_flavor.clear(),
            Issue::ServerFlavorMissing,
            "Server flavor is not chosen",
            "CPS.0088",
        ),
        bad_twice(
            "a server flavor of 64 bytes that is not listed",
            |draft| draft.server_flavor = "s".repeat(64),
            [
                (
                    Issue::ServerFlavorUnknown { name: "s".repeat(64) },
                    "Server flavor sssssssssssssssssssssssssssssssssssss... is not in the catalogue: pick one from the list",
                ),
                (
                    Issue::PhoneFlavorElsewhere {
                        name: PHONE.into(),
                        belongs_to: SERVER.into(),
                        chosen: "s".repeat(64),
                    },
                    "Phone flavor rx1.cp.c60.d10.e1v1 is not one of sssssssssssssssssssssssssssssssssssss...: it belongs to physical.rx1.xlarge",
                ),
            ],
            "CPS.0089",
        ),
        bad_twice(
            "a server flavor of 65 bytes",
            |draft| draft.server_flavor = "s".repeat(65),
            [
                (Issue::ServerFlavorTooLong { bytes: 65 }, "Server flavor has 65 bytes: at most 64 are allowed"),
                (
                    Issue::PhoneFlavorElsewhere {
                        name: PHONE.into(),
                        belongs_to: SERVER.into(),
                        chosen: "s".repeat(65),
                    },
                    "Phone flavor rx1.cp.c60.d10.e1v1 is not one of sssssssssssssssssssssssssssssssssssss...: it belongs to physical.rx1.xlarge",
                ),
            ],
            "CPS.0089",
        ),
        bad_twice(
            "a server flavor that is known in another letter case only",
            |draft| draft.server_flavor = "Physical.rx1.xlarge".into(),
            [
                (
                    Issue::ServerFlavorUnknown { name: "Physical.rx1.xlarge".into() },
                    "Server flavor Physical.rx1.xlarge is not in the catalogue: pick one from the list",
                ),
                (
                    Issue::PhoneFlavorElsewhere {
                        name: PHONE.into(),
                        belongs_to: SERVER.into(),
                        chosen: "Physical.rx1.xlarge".into(),
                    },
                    "Phone flavor rx1.cp.c60.d10.e1v1 is not one of Physical.rx1.xlarge: it belongs to physical.rx1.xlarge",
                ),
            ],
            "CPS.0089",
        ),
        bad_twice(
            "a server flavor of which no phone flavor is on sale",
            |draft| draft.server_flavor = SERVER_WITHOUT_PHONES.into(),
            [
                (
                    Issue::ServerFlavorOffline { name: SERVER_WITHOUT_PHONES.into() },
                    "Server flavor physical.rx2.32xlarge.4 has no phone flavor on sale: pick another one",
                ),
                (
                    Issue::PhoneFlavorElsewhere {
                        name: PHONE.into(),
                        belongs_to: SERVER.into(),
                        chosen: SERVER_WITHOUT_PHONES.into(),
                    },
                    "Phone flavor rx1.cp.c60.d10.e1v1 is not one of physical.rx2.32xlarge.4: it belongs to physical.rx1.xlarge",
                ),
            ],
            "CPS.0157",
        ),
    ]
}

fn phone_flavors() -> Vec<Row> {
    vec![
        bad(
            "no phone flavor",
            |draft| draft.phone_flavor.clear(),
            Issue::PhoneFlavorMissing,
            "Phone flavor is not chosen",
            "CPS.0027",
        ),
        good("another phone flavor of the server flavor", |draft| draft.phone_flavor = "rx1.cp.c15.d46.e1v1".into()),
        bad(
            "a phone flavor of 64 bytes that is not listed",
            |draft| draft.phone_flavor = "p".repeat(64),
            Issue::PhoneFlavorUnknown { name: "p".repeat(64) },
            "Phone flavor ppppppppppppppppppppppppppppppppppppp... is not in the catalogue: pick one from the list",
            "CPS.0028",
        ),
        bad(
            "a phone flavor of 65 bytes",
            |draft| draft.phone_flavor = "p".repeat(65),
            Issue::PhoneFlavorTooLong { bytes: 65 },
            "Phone flavor has 65 bytes: at most 64 are allowed",
            "CPS.0028",
        ),
        bad(
            "a phone flavor of 22 characters in 66 bytes",
            |draft| draft.phone_flavor = "云".repeat(22),
            Issue::PhoneFlavorTooLong { bytes: 66 },
            "Phone flavor has 66 bytes: at most 64 are allowed",
            "CPS.0028",
        ),
        bad(
            "a phone flavor that is offline",
            |draft| {
                draft.phone_flavor = OFFLINE_PHONE.into();
                draft.image_id = "be4d231e44d2a4ccf612660a473fe1e3".into();
            },
            Issue::PhoneFlavorOffline { name: OFFLINE_PHONE.into() },
            "Phone flavor aphs1.large.2.aosp is offline: pick one that is on sale",
            "CPS.0157",
        ),
        bad(
            "a phone flavor of another server flavor",
            |draft| draft.phone_flavor = "rs2.plus".into(),
            Issue::PhoneFlavorElsewhere {
                name: "rs2.plus".into(),
                belongs_to: "physical.kg1.4xlarge.cp".into(),
                chosen: SERVER.into(),
            },
            "Phone flavor rs2.plus is not one of physical.rx1.xlarge: it belongs to physical.kg1.4xlarge.cp",
            "CPS.0157",
        ),
        good("the same phone flavor with its own server flavor", |draft| {
            draft.server_flavor = "physical.kg1.4xlarge.cp".into();
            draft.phone_flavor = "rs2.plus".into();
        }),
    ]
}

fn images() -> Vec<Row> {
    vec![
        bad("no image", |draft| draft.image_id.clear(), Issue::ImageMissing, "Image is not chosen", "CPS.0029"),
        good("another image of the same label", |draft| draft.image_id = "25080320250918c000100a21000008fd".into()),
        unlisted(
            "an image id of 1 byte that is not listed",
            |draft| draft.image_id = "i".into(),
            Warning::ImageNotListed,
            "CPS.0166",
        ),
        unlisted(
            "an image id of 32 bytes that is not listed",
            |draft| draft.image_id = "i".repeat(32),
            Warning::ImageNotListed,
            "CPS.0166",
        ),
        unlisted(
            "an image id that is listed in another letter case only",
            |draft| draft.image_id = "20032120200330A20B000EAE5B8C01E6".into(),
            Warning::ImageNotListed,
            "CPS.0166",
        ),
        bad(
            "an image id of 33 bytes",
            |draft| draft.image_id = "i".repeat(33),
            Issue::ImageTooLong { bytes: 33 },
            "Image id has 33 bytes: at most 32 are allowed",
            "CPS.0030",
        ),
        bad(
            "an image id of 11 characters in 33 bytes",
            |draft| draft.image_id = "云".repeat(11),
            Issue::ImageTooLong { bytes: 33 },
            "Image id has 33 bytes: at most 32 are allowed",
            "CPS.0030",
        ),
        bad(
            "an image with another label than the phone flavor",
            |draft| draft.image_id = "20032420200401a60b0003a99684b8ea".into(),
            Issue::ImageMisfit { image_label: "cloud_game".into(), flavor_label: "cloud_phone".into() },
            "Image is for cloud_game: the phone flavor needs one for cloud_phone",
            "CPS.0030",
        ),
    ]
}
