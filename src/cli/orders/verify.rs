//! `orders verify`: verifies every checksum of the journal and of the archive, and reports how many orders and records
//! are intact.

use serde_json::json;

use crate::bootstrap::error::AppError;
use crate::exit_code::ExitCode;
use crate::i18n::tr;
use crate::purchase::journal::verify;

use super::journal_args::JournalArgs;
use crate::cli::print;

pub fn run(args: &JournalArgs) -> Result<ExitCode, AppError> {
    let directory = args.directory()?;
    let verified = verify(&directory).map_err(|error| AppError::Journal(error.to_string()))?;
    let (orders, records) = (verified.orders, verified.records);
    let damage = verified.damage.map(|why| why.to_string());
    if args.json {
        let is_index_renewed = verified.is_index_renewed;
        print::json(
            &json!({ "orders": orders, "records": records, "damage": damage, "index_renewed": is_index_renewed }),
        );
    } else {
        print::line(&tr!("{orders} orders and {records} records are intact.", orders, records));
        if verified.is_index_renewed {
            print::line(&tr!("archive.index did not match the archive and was written anew."));
        }
    }
    damage.map_or(Ok(ExitCode::Success), |why| Err(AppError::Journal(why)))
}
