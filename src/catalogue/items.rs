//! The rows of the catalogue in the units of this program. Members that the cloud may leave out are optional. Text is
//! kept as received and sanitized where it is displayed.

/// A kind of physical server (`ListCloudPhoneServerModels`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServerFlavor {
    pub name: String,
    /// CPU model, such as `Hi1616`.
    pub cpu_model: Option<String>,
    pub cpu_cores: Option<u32>,
    pub memory_gb: Option<u32>,
    /// Description of the disks as the vendor writes it, such as `2*1.2T SAS + 800G SSD`.
    pub disk: Option<String>,
}

/// A way to divide a server into phones (`ListCloudPhoneModels`); belongs to one server flavor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PhoneFlavor {
    pub server_flavor: String,
    pub name: String,
    /// 1 is on sale, 0 is offline. If absent or any other number, the flavor is treated as on sale, without a
    /// guarantee.
    pub status: Option<i64>,
    pub cpu_cores: Option<u32>,
    pub memory_mb: Option<u32>,
    pub disk_gb: Option<u32>,
    /// Width and height in pixels, such as `720x1280`.
    pub resolution: Option<String>,
    /// The number of phones that one server of this flavor yields.
    pub phones_per_server: Option<u32>,
    /// The label shared with the images that fit the flavor.
    pub image_label: Option<String>,
}

impl PhoneFlavor {
    /// Returns whether the cloud reports the flavor as offline (status 0), so it cannot be bought.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        self.status == Some(0)
    }
}

/// The group of accounts that may use an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    Public,
    Private,
    Shared,
}

/// A phone image (`ListCloudPhoneImages`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Image {
    pub id: String,
    /// The display name. It is not unique: most public images are called `AOSP`.
    pub name: Option<String>,
    pub os_name: Option<String>,
    pub label: Option<String>,
    /// The one phone flavor that the image is for, if the cloud sends it instead of a label, as it did in 2019
    /// (`cph.md` 8.1).
    pub phone_flavor: Option<String>,
    pub visibility: Option<Visibility>,
}

impl Image {
    /// Returns the day on which the image was built, such as `2024-11-30`, as far as its id shows it. The lists of the
    /// API have no date, but documented ids of 32 digits begin with the day on which the image was planned, in six
    /// digits, and the day on which it was built, in eight (`24110020241130d0...`).
    #[must_use]
    pub fn date(&self) -> Option<String> {
        let digits = self.id.get(..14).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        let (planned, built) = digits.split_at(6);
        let (year, month, day) = (&built[..4], &built[4..6], &built[6..]);
        let is_day = ("01"..="12").contains(&month) && ("01"..="31").contains(&day);
        let is_built = year.starts_with("20") && planned[..2] == year[2..];
        (self.id.len() == 32 && is_day && is_built).then(|| format!("{year}-{month}-{day}"))
    }
}

/// A bandwidth of the system-defined network (`ShowBandwidthDetail`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bandwidth {
    pub id: String,
    pub name: Option<String>,
    pub size_mbit: Option<u32>,
    /// `Some(false)` for a dedicated bandwidth, which an order cannot name.
    pub is_shared: Option<bool>,
}

/// A key pair of the project (ECS `os-keypairs`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyPair {
    pub name: String,
    pub fingerprint: Option<String>,
}

/// Status of a server by the cloud's numbers (`cph.md` 15.1). Numbers that no document explains keep their value and
/// count as not final.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerStatus {
    Creating,
    Abnormal,
    Normal,
    Deleted,
    Frozen,
    ShutDown,
    Other(i64),
}

impl ServerStatus {
    /// Converts the number that the API sends. 0, 1, 3 and 4 are all `Creating`.
    #[must_use]
    pub fn from_number(number: i64) -> Self {
        match number {
            0 | 1 | 3 | 4 => Self::Creating,
            2 => Self::Abnormal,
            5 => Self::Normal,
            6 => Self::Deleted,
            8 => Self::Frozen,
            10 => Self::ShutDown,
            other => Self::Other(other),
        }
    }

    /// Returns whether the status is final for the creation of the server, so that polling can stop.
    #[must_use]
    pub fn is_settled(self) -> bool {
        match self {
            Self::Creating | Self::Other(_) => false,
            Self::Abnormal | Self::Normal | Self::Deleted | Self::Frozen | Self::ShutDown => true,
        }
    }
}

/// A server that exists in the project (`ListCloudPhoneServers`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    pub id: String,
    pub name: String,
    pub status: Option<ServerStatus>,
    pub server_flavor: Option<String>,
    pub phone_flavor: Option<String>,
    /// The number of the order that created it.
    pub order_id: Option<String>,
    /// Its subnet in CIDR form: the most specific of `subnet_cidr`, `cidr` and `vpc_cidr` in the response.
    pub subnet: Option<String>,
    /// The time of creation in UTC, as the cloud wrote it.
    pub created: Option<String>,
}

/// A server flavor in one availability zone (`ListCloudPhoneServerModelOfferings`, `cph.md` 8b).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offering {
    pub zone: String,
    pub server_flavor: String,
    /// `None` if the cloud sends neither `available` nor `sellout`.
    pub is_sold_out: Option<bool>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_begins_with_a_day_dates_its_image() {
        let date = |id: &str| Image { id: id.into(), ..Image::default() }.date();
        assert_eq!(date("24110020241130d006101e2100000e18").as_deref(), Some("2024-11-30"));
        assert_eq!(date("20032120200330a20b000eae5b8c01e6").as_deref(), Some("2020-03-30"));
        for id in [
            "",
            "be4d231e44d2a4ccf612660a473fe1e3",
            "24110020241130",
            "24110020241330d006101e2100000e18",
            "24110020241100d006101e2100000e18",
            "23110020241130d006101e2100000e18",
            "云110020241130d006101e2100000e18",
        ] {
            assert_eq!(date(id), None, "{id}");
        }
    }

    #[test]
    fn only_settled_states_end_the_wait() {
        let creating: Vec<i64> = (0..14).filter(|n| !ServerStatus::from_number(*n).is_settled()).collect();
        assert_eq!(creating, [0, 1, 3, 4, 7, 9, 11, 12, 13]);
    }
}
