//! The flags of `profile add` and `profile edit`, and the checks of their values before anything is written.

use crate::api::Endpoint;
use crate::catalogue::Catalogue;
use crate::config::{DefaultValue, Profile, ProfileKey};
use crate::form::set_field;
use crate::i18n::tr;
use crate::order::{Draft, FieldId, Issue, Order};
use crate::text::sanitize::brief;

/// The flags that set the entries of a profile.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Values {
    /// The project to order in; without it, it is looked up
    #[arg(long, value_name = "ID")]
    project_id: Option<String>,
    /// The project to order in, by its name, such as `cn-north-4_team`
    #[arg(long, value_name = "NAME")]
    project_name: Option<String>,
    /// Where credentials are taken from: auto, sdk-environment, sdk-file, terraform-environment, koocli, token-file,
    /// token, password, metadata or typed
    #[arg(long, value_name = "KIND")]
    credentials: Option<String>,
    /// Cloud Phone, in place of the region's address
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
    /// IAM, in place of the region's address
    #[arg(long, value_name = "URL")]
    iam_endpoint: Option<String>,
    /// ECS, which lists key pairs, in place of the region's address
    #[arg(long, value_name = "URL")]
    ecs_endpoint: Option<String>,
    /// KPS, which lists key pairs where ECS does not, in place of the region's address
    #[arg(long, value_name = "URL")]
    kps_endpoint: Option<String>,
    /// Certificates in PEM to trust beside the system's
    #[arg(long, value_name = "FILE")]
    ca_file: Option<String>,
    /// The proxy, as http://host:port
    #[arg(long, value_name = "URL")]
    proxy: Option<String>,
    /// The endpoint is a test installation and may be on this machine
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    test_endpoint: Option<String>,
    /// The language of the texts: en or zh-CN
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
    /// The theme of the screen
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
    /// The file of an IAM token
    #[arg(long, value_name = "FILE")]
    token_file: Option<String>,
    /// A credentials file of the SDK in place of the usual one
    #[arg(long, value_name = "FILE")]
    credentials_file: Option<String>,
    /// The account of a login
    #[arg(long, value_name = "NAME")]
    domain_name: Option<String>,
    /// The IAM user of a login
    #[arg(long, value_name = "NAME")]
    user_name: Option<String>,
    /// What a field of the form begins with, by the member of the request: `count=2`, `extend_param.period_num=3`
    #[arg(long = "default", value_name = "FIELD=VALUE")]
    defaults: Vec<String>,
}

impl Values {
    /// Returns the entries given by flags, including `--region`. Each value is checked; the error names the flag and
    /// what it accepts.
    pub fn entries(&self, region: Option<&str>) -> Result<Vec<(ProfileKey, String)>, String> {
        let given = [
            (region, ProfileKey::Region),
            (self.project_id.as_deref(), ProfileKey::ProjectId),
            (self.project_name.as_deref(), ProfileKey::ProjectName),
            (self.credentials.as_deref(), ProfileKey::Credentials),
            (self.token_file.as_deref(), ProfileKey::TokenFile),
            (self.credentials_file.as_deref(), ProfileKey::CredentialsFile),
            (self.domain_name.as_deref(), ProfileKey::DomainName),
            (self.user_name.as_deref(), ProfileKey::UserName),
            (self.endpoint.as_deref(), ProfileKey::Endpoint),
            (self.iam_endpoint.as_deref(), ProfileKey::IamEndpoint),
            (self.ecs_endpoint.as_deref(), ProfileKey::EcsEndpoint),
            (self.kps_endpoint.as_deref(), ProfileKey::KpsEndpoint),
            (self.test_endpoint.as_deref(), ProfileKey::TestEndpoint),
            (self.ca_file.as_deref(), ProfileKey::CaFile),
            (self.proxy.as_deref(), ProfileKey::Proxy),
            (self.language.as_deref(), ProfileKey::Language),
            (self.theme.as_deref(), ProfileKey::Theme),
        ];
        let mut entries = Vec::new();
        for (value, entry) in given {
            let Some(value) = value else { continue };
            let flag = format!("--{}", entry.name().replace('_', "-"));
            let value = entry.check(value).map_err(|right| format!("{flag} {right}"))?;
            if is_address(entry) {
                Endpoint::parse(&value).map_err(|error| format!("{flag}: {error}"))?;
            }
            entries.push((entry, value));
        }
        Ok(entries)
    }

    /// Returns the form defaults given by `--default`. They are checked together with those that the profile already
    /// has, since one can limit another (period and unit). The error says what would be accepted.
    pub fn defaults(&self, of: &Profile) -> Result<Vec<(FieldId, DefaultValue)>, String> {
        let mut draft = Draft::default();
        for (name, value) in of.defaults() {
            // What the profile has was written by a person, and is judged where it is used.
            let _ = named(name).map(|field| set_field(&mut draft, field, &value.to_string()));
        }
        let mut given = Vec::new();
        for text in &self.defaults {
            let (name, value) =
                text.split_once('=').ok_or_else(|| tr!("--default is written FIELD=VALUE, like count=2"))?;
            let (name, value) = (name.trim(), value.trim());
            // Whether the field can have one is for the profile to say.
            of.clone().with_default(name, DefaultValue::Switch(true)).map_err(|right| format!("--default: {right}"))?;
            let field = named(name).ok_or_else(|| tr!("the form has no field {name}", name = brief(name, 60)))?;
            set_field(&mut draft, field, value).map_err(|right| format!("--default {name}: {right}"))?;
            given.push((field, kept(field, value, &draft)));
        }
        // Of an order with nothing else in it only what concerns these fields is of interest.
        let issues = Order::check(&draft, &Catalogue::default()).err().unwrap_or_default();
        let is_given = |issue: &&Issue| given.iter().any(|(field, _)| *field == issue.field());
        match issues.iter().find(is_given) {
            Some(issue) => Err(format!("--default {}: {issue}", issue.field().json_name())),
            None => Ok(given),
        }
    }
}

fn is_address(entry: ProfileKey) -> bool {
    match entry {
        ProfileKey::Endpoint | ProfileKey::IamEndpoint | ProfileKey::EcsEndpoint | ProfileKey::KpsEndpoint => true,
        ProfileKey::Region
        | ProfileKey::ProjectId
        | ProfileKey::ProjectName
        | ProfileKey::Credentials
        | ProfileKey::CaFile
        | ProfileKey::Proxy
        | ProfileKey::TestEndpoint
        | ProfileKey::Language
        | ProfileKey::Theme
        | ProfileKey::TokenFile
        | ProfileKey::CredentialsFile
        | ProfileKey::DomainName
        | ProfileKey::UserName => false,
    }
}

/// Returns the field whose JSON name is `name`; `None` if there is none.
pub fn named(name: &str) -> Option<FieldId> {
    FieldId::ALL.into_iter().find(|field| field.json_name() == name)
}

/// Converts a default to the type in which it is written to the file: a number, a switch or a text.
fn kept(field: FieldId, value: &str, draft: &Draft) -> DefaultValue {
    let text = || DefaultValue::Text(value.to_owned());
    match field {
        FieldId::AutoPay => DefaultValue::Switch(draft.auto_pay),
        FieldId::Count | FieldId::BandwidthSize | FieldId::PeriodNumber => {
            value.parse().map_or_else(|_| text(), DefaultValue::Number)
        }
        FieldId::ServerFlavor
        | FieldId::PhoneFlavor
        | FieldId::Image
        | FieldId::ServerName
        | FieldId::BandwidthKind
        | FieldId::BandwidthId
        | FieldId::ChargingMode
        | FieldId::PeriodUnit
        | FieldId::Ports
        | FieldId::KeyPair
        | FieldId::Vnc
        | FieldId::Subnet => text(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(defaults: &[&str]) -> Values {
        Values { defaults: defaults.iter().map(|text| (*text).to_owned()).collect(), ..Values::default() }
    }

    fn checked(defaults: &[&str]) -> Result<Vec<(FieldId, DefaultValue)>, String> {
        values(defaults).defaults(&Profile::new("x-1").unwrap())
    }

    #[test]
    fn a_default_is_kept_as_what_it_is() {
        let given = ["count=2", "extend_param.is_auto_pay=yes", "extend_param.period_type=year", "server_name=007"];
        assert_eq!(
            checked(&given).unwrap(),
            [
                (FieldId::Count, DefaultValue::Number(2)),
                (FieldId::AutoPay, DefaultValue::Switch(true)),
                (FieldId::PeriodUnit, DefaultValue::Text("year".into())),
                (FieldId::ServerName, DefaultValue::Text("007".into())),
            ]
        );
    }

    #[test]
    fn a_default_that_could_never_be_ordered_is_refused_with_what_would_be_right() {
        for (given, right) in [
            (&["count=11"][..], "10"),
            (&["count=two"], "number"),
            (&["count"], "FIELD=VALUE"),
            (&["counts=2"], "did you mean count?"),
            (&["ports=80"], "cannot have a default"),
            (&["extend_param.period_type=week"], "month, year"),
            (&["extend_param.is_auto_pay=perhaps"], "pay later, pay now"),
            (&["server_name=a b"], "Server name"),
            (&["extend_param.period_type=month", "extend_param.period_num=10"], "9"),
        ] {
            let refused = checked(given).unwrap_err();
            assert!(refused.starts_with("--default") && refused.contains(right), "{refused}");
        }
        assert!(checked(&["extend_param.period_type=year", "extend_param.period_num=10"]).is_ok());
        let yearly = DefaultValue::Text("year".into());
        let profile = Profile::new("x-1").unwrap().with_default("extend_param.period_type", yearly).unwrap();
        assert!(values(&["extend_param.period_num=10"]).defaults(&profile).is_ok(), "together with what is there");
    }

    #[test]
    fn an_address_is_read_in_full_before_it_is_kept() {
        for (address, right) in [
            ("http://cph.example", "--endpoint: The endpoint is plain http"),
            ("https://cph.example/v1", "--endpoint: The endpoint has something after the host"),
            ("https://us:canary@cph.example", "--endpoint is an address"),
            ("cph.example", "--endpoint is an address"),
        ] {
            let given = Values { endpoint: Some(address.into()), ..Values::default() };
            let refused = given.entries(None).unwrap_err();
            assert!(refused.starts_with(right) && !refused.contains("canary"), "{refused}");
        }
        let region = Values::default().entries(Some("Peking")).unwrap_err();
        assert!(region.starts_with("--region has 1 to 32"), "{region}");
    }
}
