//! The products of the simulated cloud: the rows of `assets/catalogue.json` in the format of the API. The rows are read
//! once, on first use; generated images are created on demand. The members of the file about itself (`version`,
//! `made_up`) are not read; a test checks every row against its type.

use std::borrow::Cow;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Number, Value};

const TEXT: &str = include_str!("../../assets/catalogue.json");
/// The prefix of every generated image identifier. No documented one has it.
const GENERATED: &str = "5ce7e";
const LABELS: [&str; 5] = ["cloud_phone", "qemu_phone", "cloud_game", "cloud_phone_1620", "cloud_game_1620"];

/// The rows of the file. An invalid file would result in no rows; a test prevents that.
static DOCUMENTED: LazyLock<Rows> = LazyLock::new(|| serde_json::from_str(TEXT).unwrap_or_default());
static NOTHING: LazyLock<Rows> = LazyLock::new(Rows::default);

#[derive(Debug, Default, Deserialize)]
struct Rows {
    server_models: Vec<ServerModel>,
    phone_models: Vec<PhoneModel>,
    phone_images: Vec<PhoneImage>,
    band_widths: Vec<BandWidth>,
    keypairs: Vec<Keypair>,
}

/// A server flavor (`cph.md` 6).
#[derive(Debug, Clone, Deserialize, Serialize)]
#[expect(clippy::struct_field_names, reason = "these are the names of the wire")]
pub(super) struct ServerModel {
    pub(super) server_model_name: String,
    server_type: String,
    cpu: u32,
    memory: u32,
    extend_spec: Map<String, Value>,
    disk_max_num: u32,
    pub(super) product_type: u32,
    free_size: u32,
}

/// A phone flavor of one server flavor (`cph.md` 7).
#[derive(Debug, Clone, Deserialize, Serialize)]
#[expect(clippy::struct_field_names, reason = "these are the names of the wire")]
pub(super) struct PhoneModel {
    pub(super) server_model_name: String,
    pub(super) phone_model_name: String,
    spec_code: String,
    pub(super) status: u32,
    /// A `Number`, since one documented sample has `2.0`, which an integer could not reproduce.
    cpu: Number,
    memory: u32,
    disk: u32,
    resolution: String,
    extend_spec: String,
    pub(super) phone_capacity: u32,
    pub(super) image_label: String,
    product_type: u32,
    phone_model_version: u32,
    volume_mode: u32,
}

impl PhoneModel {
    pub(super) fn is_on_sale(&self) -> bool {
        self.status == 1
    }
}

/// An image for phones (`cph.md` 8.1).
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(super) struct PhoneImage {
    pub(super) image_id: String,
    image_name: String,
    os_type: String,
    os_name: String,
    pub(super) is_public: u32,
    pub(super) image_label: String,
    is_support_encrypt: bool,
}

/// A bandwidth (`cph.md` 9.1).
#[derive(Debug, Clone, Deserialize, Serialize)]
#[expect(clippy::struct_field_names, reason = "these are the names of the wire")]
pub(super) struct BandWidth {
    pub(super) band_width_id: String,
    band_width_name: String,
    band_width_size: u32,
    band_width_charge_mode: u32,
    band_width_share_type: u32,
    create_time: String,
    update_time: String,
}

impl BandWidth {
    /// Creates the bandwidth of an order, of `size` Mbit/s. A shared one is charged by its size, a dedicated one by
    /// traffic.
    pub(super) fn new(id: String, name: String, size: u16, shared: bool, time: String) -> Self {
        Self {
            band_width_id: id,
            band_width_name: name,
            band_width_size: u32::from(size),
            band_width_charge_mode: u32::from(!shared),
            band_width_share_type: u32::from(shared),
            create_time: time.clone(),
            update_time: time,
        }
    }

    pub(super) fn is_shared(&self) -> bool {
        self.band_width_share_type == 1
    }
}

/// A key pair of the compute service (`platform.md` 7).
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(super) struct Keypair {
    pub(super) name: String,
    fingerprint: String,
    public_key: String,
    #[serde(rename = "type")]
    kind: String,
}

/// The rows that one simulator offers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Catalogue {
    /// The rows, read on first use, so that starting costs nothing.
    rows: &'static LazyLock<Rows>,
    /// The least number of images; generated ones make up the difference.
    least_images: usize,
}

impl Catalogue {
    /// Creates the catalogue with the documented rows.
    pub(super) fn documented() -> Self {
        Self { rows: &DOCUMENTED, least_images: 0 }
    }

    /// Creates a catalogue without rows.
    pub(super) fn empty() -> Self {
        Self { rows: &NOTHING, least_images: 0 }
    }

    /// Adds generated images until there are at least `least` images.
    pub(super) fn with_images(self, least: usize) -> Self {
        Self { least_images: least, ..self }
    }

    pub(super) fn server_models(&self) -> &'static [ServerModel] {
        &self.rows.server_models
    }

    pub(super) fn phone_models(&self) -> &'static [PhoneModel] {
        &self.rows.phone_models
    }

    pub(super) fn band_widths(&self) -> &'static [BandWidth] {
        &self.rows.band_widths
    }

    pub(super) fn keypairs(&self) -> &'static [Keypair] {
        &self.rows.keypairs
    }

    pub(super) fn image_count(&self) -> usize {
        self.rows.phone_images.len().max(self.least_images)
    }

    /// Returns the image at a position of the list, documented images first. `None` beyond the end.
    pub(super) fn image_at(&self, position: usize) -> Option<Cow<'static, PhoneImage>> {
        let documented = &self.rows.phone_images;
        match documented.get(position) {
            Some(image) => Some(Cow::Borrowed(image)),
            None => (position < self.image_count()).then(|| Cow::Owned(generated_image(position - documented.len()))),
        }
    }

    /// Finds the position of an image in the list, without creating generated images.
    pub(super) fn image_position(&self, id: &str) -> Option<usize> {
        let documented = &self.rows.phone_images;
        documented.iter().position(|image| image.image_id == id).or_else(|| {
            let number = usize::from_str_radix(id.strip_prefix(GENERATED)?, 16).ok()?;
            (number < self.image_count() - documented.len() && generated_id(number) == id)
                .then_some(documented.len() + number)
        })
    }

    /// Finds an image by its identifier, documented or generated.
    pub(super) fn image(&self, id: &str) -> Option<Cow<'static, PhoneImage>> {
        self.image_at(self.image_position(id)?)
    }
}

fn generated_id(number: usize) -> String {
    format!("{GENERATED}{number:027x}")
}

fn generated_image(number: usize) -> PhoneImage {
    PhoneImage {
        image_id: generated_id(number),
        image_name: format!("AOSP-{number:05}"),
        os_type: "aosp".to_owned(),
        os_name: format!("AOSP{}", 7 + number % 8),
        is_public: 1,
        image_label: LABELS.get(number % LABELS.len()).copied().unwrap_or_default().to_owned(),
        is_support_encrypt: false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{BandWidth, Catalogue, Keypair, PhoneImage, PhoneModel, Rows, ServerModel, TEXT};

    fn held_to_its_type<T: serde::de::DeserializeOwned + serde::Serialize>(file: &Value, list: &str) {
        for row in file[list].as_array().expect(list) {
            let mut known = row.as_object().expect("a row").clone();
            let made_up = known.remove("made_up").expect("made_up");
            let read: T = serde_json::from_value(row.clone()).expect("a row of its type");
            assert_eq!(serde_json::to_value(read).expect("JSON"), Value::Object(known.clone()), "{list}");
            for place in made_up.as_array().expect("an array") {
                let pointer = format!("/{}", place.as_str().expect("a name").replace('.', "/"));
                assert!(Value::Object(known.clone()).pointer(&pointer).is_some(), "{pointer} of {row}");
            }
        }
    }

    #[test]
    fn the_file_has_nothing_but_rows_of_their_types() {
        let file: Value = serde_json::from_str(TEXT).expect("JSON");
        assert_eq!(file["version"], 1);
        assert_eq!(file.as_object().expect("an object").len(), 6);
        held_to_its_type::<ServerModel>(&file, "server_models");
        held_to_its_type::<PhoneModel>(&file, "phone_models");
        held_to_its_type::<PhoneImage>(&file, "phone_images");
        held_to_its_type::<BandWidth>(&file, "band_widths");
        held_to_its_type::<Keypair>(&file, "keypairs");
    }

    #[test]
    fn the_rows_fit_together() {
        let rows: Rows = serde_json::from_str(TEXT).expect("the catalogue");
        assert!(rows.phone_images.iter().all(|image| image.image_id.len() == 32));
        for model in &rows.phone_models {
            assert!(rows.server_models.iter().any(|server| server.server_model_name == model.server_model_name));
            let spec: Value = serde_json::from_str(&model.extend_spec).expect("JSON in a string");
            assert!(spec.is_object() && model.extend_spec.len() <= 512 && model.phone_capacity > 0);
        }
    }

    #[test]
    fn a_default_order_finds_a_phone_flavor_and_a_fitting_image_first() {
        let catalogue = Catalogue::documented();
        let flavor = catalogue
            .phone_models()
            .iter()
            .find(|row| row.server_model_name == "physical.rx1.xlarge")
            .expect("a flavor");
        assert_eq!(flavor.phone_model_name, "rx1.cp.c60.d10.e1v1");
        let image = (0..catalogue.image_count())
            .filter_map(|position| catalogue.image_at(position))
            .find(|image| image.image_label == flavor.image_label);
        assert_eq!(image.expect("an image").image_id, "20032120200330a20b000eae5b8c01e6");
    }

    #[test]
    fn generated_images_can_be_found_again_and_end_where_they_should() {
        let catalogue = Catalogue::documented().with_images(10_000);
        assert_eq!(catalogue.image_count(), 10_000);
        for position in [0, 14, 15, 16, 9_999] {
            let image = catalogue.image_at(position).expect("an image");
            assert_eq!(image.image_id.len(), 32);
            assert_eq!(catalogue.image_position(&image.image_id), Some(position));
        }
        assert!(catalogue.image_at(10_000).is_none());
        for stranger in ["", "5ce7e", "5ce7e1", "5ce7effffffffffffffffffffffffffff", "5ce7e+0000000000000000000000001"]
        {
            assert!(catalogue.image(stranger).is_none(), "{stranger}");
        }
    }

    #[test]
    fn an_empty_catalogue_has_nothing() {
        let catalogue = Catalogue::empty();
        assert_eq!(catalogue.server_models().len() + catalogue.phone_models().len() + catalogue.image_count(), 0);
        assert_eq!(catalogue.band_widths().len() + catalogue.keypairs().len(), 0);
    }
}
