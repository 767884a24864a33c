//! The target of an exported order, and the environment variables that the exported texts read for its unknown parts.

/// Target of an exported order. A part that is not known becomes a variable or a placeholder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Target {
    /// Scheme, host and port, such as `https://cph.cn-north-4.myhuaweicloud.com`.
    pub endpoint: Option<String>,
    pub region: Option<String>,
    /// The id of the project.
    pub project: Option<String>,
}

/// Names of the variables that the exported texts read: the wizard's own, and for access keys those of the vendor's SDK
/// (`platform.md` section 5).
pub(super) const TOKEN: &str = "CPH_WIZARD_TOKEN";
pub(super) const ENDPOINT: &str = "CPH_WIZARD_ENDPOINT";
pub(super) const PROJECT: &str = "CPH_WIZARD_PROJECT_ID";
pub(super) const REGION: &str = "CPH_WIZARD_REGION";
pub(super) const ACCESS_KEY: &str = "HUAWEICLOUD_SDK_AK";
pub(super) const SECRET_KEY: &str = "HUAWEICLOUD_SDK_SK";
pub(super) const SECURITY_TOKEN: &str = "HUAWEICLOUD_SDK_SECURITY_TOKEN";

/// Placeholder for an endpoint that is not known.
pub(super) const ENDPOINT_FORM: &str = "https://cph.REGION.myhuaweicloud.com";
