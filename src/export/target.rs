//! Where an exported order goes, and the environment variables that the exported texts read for what is not known of it.

/// Where the order would go. What is not known becomes a variable or a placeholder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Target {
    /// Scheme, host and port, such as `https://cph.cn-north-4.myhuaweicloud.com`.
    pub endpoint: Option<String>,
    pub region: Option<String>,
    /// The id of the project.
    pub project: Option<String>,
}

/// The names of the variables that the exported texts read: those of the wizard itself, and those
/// of the vendor's SDK for access keys (`platform.md` section 5).
pub(super) const TOKEN: &str = "CPH_WIZARD_TOKEN";
pub(super) const ENDPOINT: &str = "CPH_WIZARD_ENDPOINT";
pub(super) const PROJECT: &str = "CPH_WIZARD_PROJECT_ID";
pub(super) const REGION: &str = "CPH_WIZARD_REGION";
pub(super) const ACCESS_KEY: &str = "HUAWEICLOUD_SDK_AK";
pub(super) const SECRET_KEY: &str = "HUAWEICLOUD_SDK_SK";
pub(super) const SECURITY_TOKEN: &str = "HUAWEICLOUD_SDK_SECURITY_TOKEN";

/// An endpoint as it looks, where none is known.
pub(super) const ENDPOINT_FORM: &str = "https://cph.REGION.myhuaweicloud.com";
