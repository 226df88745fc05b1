//! What kind of thing some bytes are, and how a browser is told.

/// What kind of thing the bytes are; every kind of text names its charset (V-19).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `text/html`
    Html,
    /// `text/plain`
    Text,
    /// `application/rss+xml`
    Rss,
    /// `application/atom+xml`
    Atom,
    /// `application/feed+json`
    JsonFeed,
    /// `application/xml`: sitemaps.
    Xml,
    /// `application/json`
    Json,
    /// `application/activity+json`: for other servers.
    Activity,
    /// `application/jrd+json`: where somebody is found (RFC 7033).
    Jrd,
    /// `application/xrd+xml`: the same in its older form (RFC 6415).
    Xrd,
    /// `application/manifest+json`
    Manifest,
    /// `text/css`
    Css,
    /// `text/javascript`
    Script,
    /// `image/svg+xml`
    Svg,
    /// `image/png`
    Png,
    /// `image/jpeg`
    Jpeg,
    /// `image/webp`
    Webp,
    /// `image/avif`
    Avif,
    /// `image/x-icon`
    Icon,
    /// `font/woff2`
    Woff2,
    /// `application/wasm`
    Wasm,
    /// `application/octet-stream`: never shown, only saved.
    Bytes,
}

impl Kind {
    /// The `Content-Type`.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Text => "text/plain; charset=utf-8",
            Self::Rss => "application/rss+xml; charset=utf-8",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::JsonFeed => "application/feed+json; charset=utf-8",
            Self::Xml => "application/xml; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
            Self::Activity => "application/activity+json; charset=utf-8",
            Self::Jrd => "application/jrd+json; charset=utf-8",
            Self::Xrd => "application/xrd+xml; charset=utf-8",
            Self::Manifest => "application/manifest+json; charset=utf-8",
            Self::Css => "text/css; charset=utf-8",
            Self::Script => "text/javascript; charset=utf-8",
            Self::Svg => "image/svg+xml; charset=utf-8",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Avif => "image/avif",
            Self::Icon => "image/x-icon",
            Self::Woff2 => "font/woff2",
            Self::Wasm => "application/wasm",
            Self::Bytes => "application/octet-stream",
        }
    }

    /// The kind of a file by its name's ending; `Bytes` for endings we do not know.
    pub fn of_name(name: &str) -> Self {
        match name.rsplit('.').next().unwrap_or("") {
            "html" => Self::Html,
            "txt" | "map" => Self::Text,
            "css" => Self::Css,
            "js" | "mjs" => Self::Script,
            "json" => Self::Json,
            "webmanifest" => Self::Manifest,
            "xml" => Self::Xml,
            "svg" => Self::Svg,
            "png" => Self::Png,
            "jpg" | "jpeg" => Self::Jpeg,
            "webp" => Self::Webp,
            "avif" => Self::Avif,
            "ico" => Self::Icon,
            "woff2" => Self::Woff2,
            "wasm" => Self::Wasm,
            _ => Self::Bytes,
        }
    }

    /// Whether compression has anything to find in it.
    pub const fn is_compressible(self) -> bool {
        !matches!(
            self,
            Self::Png | Self::Jpeg | Self::Webp | Self::Avif | Self::Woff2 | Self::Bytes
        )
    }
}
