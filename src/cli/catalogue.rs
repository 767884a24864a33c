//! `catalogue`: lists the available choices as the pickers of the form show them, for scripts and spreadsheets.

use clap::ValueEnum;
use serde_json::{Map, Value, json};

use crate::bootstrap::error::AppError;
use crate::catalogue::{Availability, Catalogue, Resource, Visibility};
use crate::exit_code::ExitCode;
use crate::form::{PickerFilter, PickerRow, cells, columns, picker_list};
use crate::i18n::tr;
use crate::order::{Draft, FieldId};
use crate::text::sanitize::sentence;

use super::catalogue_check::{self, CatalogueCheck};
use super::demo::DemoListArgs;
use super::print;
use super::table::{self, FormatArgs};
use crate::bootstrap::account::AccountArgs;
use crate::bootstrap::client::client;

#[derive(Debug, clap::Args)]
pub struct List {
    /// What to list
    #[arg(value_enum, value_name = "WHAT")]
    pub what: What,
    /// Only rows that match these words, as in the form: the best match first
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub filter: String,
    #[command(flatten)]
    pub format: FormatArgs,
    #[command(flatten)]
    pub demo: DemoListArgs,
    #[command(flatten)]
    pub account: AccountArgs,
}

/// A list that can be chosen from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum What {
    Servers,
    Phones,
    Images,
    Bandwidths,
    Keypairs,
}

impl What {
    fn field(self) -> FieldId {
        match self {
            Self::Servers => FieldId::ServerFlavor,
            Self::Phones => FieldId::PhoneFlavor,
            Self::Images => FieldId::Image,
            Self::Bandwidths => FieldId::BandwidthId,
            Self::Keypairs => FieldId::KeyPair,
        }
    }

    /// Returns the resources that have to be read to fill a row.
    fn resources(self) -> &'static [Resource] {
        match self {
            Self::Servers => &[Resource::ServerFlavors, Resource::PhoneFlavors, Resource::Offerings],
            Self::Phones => &[Resource::PhoneFlavors],
            Self::Images => &[Resource::Images],
            Self::Bandwidths => &[Resource::Bandwidths],
            Self::Keypairs => &[Resource::KeyPairs],
        }
    }

    /// Returns the member names of a row in JSON; they are also the column names in CSV.
    fn members(self) -> &'static [&'static str] {
        match self {
            Self::Servers => &[
                "name",
                "cpu_model",
                "cpu_cores",
                "memory_gb",
                "disk",
                "phones_least",
                "phones_most",
                "on_sale",
                "sold_out_in",
            ],
            Self::Phones => &[
                "name",
                "server_flavor",
                "cpu_cores",
                "memory_mb",
                "disk_gb",
                "resolution",
                "phones_per_server",
                "image_label",
                "on_sale",
            ],
            Self::Images => &["id", "name", "os_name", "label", "phone_flavor", "visibility"],
            Self::Bandwidths => &["id", "name", "size_mbit", "shared"],
            Self::Keypairs => &["name", "fingerprint"],
        }
    }

    /// Returns the values of the row at an index, in the order of `members`; `None` if the list was not read or has no
    /// such row.
    fn values(self, at: usize, catalogue: &Catalogue) -> Option<Vec<Value>> {
        match self {
            Self::Servers => {
                let row = catalogue.server_flavors.as_ref()?.get(at)?;
                let phones = catalogue.phones_of_server_flavor(&row.name);
                let sold_out = match catalogue.availability(&row.name) {
                    Availability::SoldOutIn(zones) => zones,
                    Availability::NotStated | Availability::Available | Availability::SoldOut => Vec::new(),
                };
                Some(vec![
                    json!(row.name),
                    json!(row.cpu_model),
                    json!(row.cpu_cores),
                    json!(row.memory_gb),
                    json!(row.disk),
                    json!(phones.map(|(least, _)| least)),
                    json!(phones.map(|(_, most)| most)),
                    json!(catalogue.server_flavor_obstacle(&row.name).is_none()),
                    json!(sold_out),
                ])
            }
            Self::Phones => {
                let row = catalogue.phone_flavors.as_ref()?.get(at)?;
                Some(vec![
                    json!(row.name),
                    json!(row.server_flavor),
                    json!(row.cpu_cores),
                    json!(row.memory_mb),
                    json!(row.disk_gb),
                    json!(row.resolution),
                    json!(row.phones_per_server),
                    json!(row.image_label),
                    json!(!row.is_offline()),
                ])
            }
            Self::Images => {
                let row = catalogue.images.as_ref()?.get(at)?;
                let visibility = row.visibility.map(|visibility| match visibility {
                    Visibility::Public => "public",
                    Visibility::Private => "private",
                    Visibility::Shared => "shared",
                });
                Some(vec![
                    json!(row.id),
                    json!(row.name),
                    json!(row.os_name),
                    json!(row.label),
                    json!(row.phone_flavor),
                    json!(visibility),
                ])
            }
            Self::Bandwidths => {
                let row = catalogue.bandwidths.as_ref()?.get(at)?;
                Some(vec![json!(row.id), json!(row.name), json!(row.size_mbit), json!(row.is_shared)])
            }
            Self::Keypairs => {
                let row = catalogue.key_pairs.as_ref()?.get(at)?;
                Some(vec![json!(row.name), json!(row.fingerprint)])
            }
        }
    }

    /// Returns the name of the JSON member that contains the rows.
    fn name(self) -> &'static str {
        match self {
            Self::Servers => "servers",
            Self::Phones => "phones",
            Self::Images => "images",
            Self::Bandwidths => "bandwidths",
            Self::Keypairs => "keypairs",
        }
    }
}

pub fn run(args: &List) -> Result<ExitCode, AppError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(AppError::Runtime)?;
    let CatalogueCheck { catalogue, unread } = runtime.block_on(async {
        let client = client(&args.account, args.demo.world()?).await?;
        Ok::<_, AppError>(catalogue_check::read_from(&client.cloud, args.what.resources()).await)
    })?;
    if !unread.is_empty() {
        // A part of a list is never given out as the whole.
        for why in &unread {
            print::eprint(&sentence(why));
        }
        return Ok(ExitCode::Unknown);
    }
    let filter = PickerFilter { text: args.filter.clone(), show_incompatible: true, ..PickerFilter::default() };
    let picked = picker_list(args.what.field(), &filter, false, &Draft::default(), &catalogue);
    let rows: Vec<usize> = picked
        .rows
        .into_iter()
        .filter_map(|row| match row {
            PickerRow::Listed(at) => Some(at),
            PickerRow::Nothing | PickerRow::Typed => None,
        })
        .collect();
    show(args, &rows, &catalogue);
    Ok(ExitCode::Success)
}

fn show(args: &List, rows: &[usize], catalogue: &Catalogue) {
    if !args.format.json && !args.format.csv {
        return show_table(args, rows, catalogue);
    }
    let names = args.what.members();
    let object = |values: Vec<Value>| -> Value {
        names.iter().map(|name| (*name).to_owned()).zip(values).collect::<Map<String, Value>>().into()
    };
    let rows: Vec<Value> = rows.iter().filter_map(|at| args.what.values(*at, catalogue)).map(object).collect();
    if args.format.csv {
        table::print_csv(names, &rows);
    } else {
        print::json(&json!({ args.what.name(): rows }));
    }
}

/// Prints the rows as a table with the columns of the picker. Phone flavors get one more column: their server flavor.
fn show_table(args: &List, rows: &[usize], catalogue: &Catalogue) {
    if rows.is_empty() {
        return print::eprint(&tr!("No row matches."));
    }
    let field = args.what.field();
    let mut titles: Vec<String> = columns(field).iter().map(|column| column.title.to_owned()).collect();
    if args.what == What::Phones {
        titles.push(tr!("server flavor"));
    }
    let line = |at: usize| {
        // A phone flavor is looked at from its own server flavor.
        let of = catalogue.phone_flavors.as_ref().and_then(|rows| rows.get(at)).map(|row| row.server_flavor.clone());
        let draft = Draft { server_flavor: of.clone().unwrap_or_default(), ..Draft::default() };
        let mut line = cells(field, PickerRow::Listed(at), &PickerFilter::default(), &draft, catalogue).cells;
        if args.what == What::Phones {
            line.extend(of);
        }
        line
    };
    let rows: Vec<Vec<String>> = std::iter::once(titles).chain(rows.iter().map(|at| line(*at))).collect();
    table::print_lines(&rows);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Bandwidth, Image, KeyPair, PhoneFlavor, ServerFlavor};

    #[test]
    fn every_list_has_a_value_for_each_of_its_members() {
        let catalogue = Catalogue {
            server_flavors: Some(vec![ServerFlavor::default()]),
            phone_flavors: Some(vec![PhoneFlavor::default()]),
            images: Some(vec![Image::default()]),
            bandwidths: Some(vec![Bandwidth::default()]),
            key_pairs: Some(vec![KeyPair::default()]),
            ..Catalogue::default()
        };
        for what in What::value_variants() {
            assert_eq!(what.values(0, &catalogue).map(|row| row.len()), Some(what.members().len()), "{what:?}");
            assert_eq!(what.values(1, &catalogue), None);
        }
    }
}
