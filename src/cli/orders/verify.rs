//! `orders verify`: checks every checksum of the journal and of the archive, and says how much is whole.

use serde_json::json;

use crate::failure::Failure;
use crate::purchase::journal::verify;
use crate::words::tr;

use super::super::buy::journal_dir;
use super::super::say;
use super::Orders;

pub fn run(args: &Orders) -> Result<u8, Failure> {
    let directory = journal_dir(args.state_dir.as_deref(), args.kind())?;
    let verified = verify(&directory).map_err(|error| Failure::Journal(error.to_string()))?;
    let (orders, records) = (verified.orders, verified.records);
    let damage = verified.damage.map(|why| why.to_string());
    if args.json {
        let is_index_renewed = verified.is_index_renewed;
        say::json(
            &json!({ "orders": orders, "records": records, "damage": damage, "index_renewed": is_index_renewed }),
        );
    } else {
        say::result(&tr!("{orders} orders and {records} records are intact.", orders, records));
        if verified.is_index_renewed {
            say::result(&tr!("archive.index did not match the archive and was written anew."));
        }
    }
    damage.map_or(Ok(0), |why| Err(Failure::Journal(why)))
}
