//! `/picture-uploads`: a file in parts, so that a break costs a part and not the whole.

use axum::extract::{Request, State};
use base::{Id, Refusal};
use http::StatusCode;
use newsroom::picture::{
    self,
    upload::{self, Upload},
};
use serde::{Deserialize, Serialize};
use web::{Answer, Problem, Query};

use super::{
    face::Face,
    fetches::Words,
    making::{Brought, Whole},
};
use crate::{Api, acting::Acting, address::AtUpload, current::found_at, idempotency, write::Write};

/// The largest part, in bytes: on a slow line (2 Mbit/s) it comes within the time a request has.
pub const PART: usize = 8 * 1024 * 1024;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    length: u64,
    #[serde(default)]
    name: String,
}

#[derive(Debug, Serialize)]
struct UploadFace<'a> {
    id: Id<Upload>,
    length: u64,
    received: u64,
    part_limit: usize,
    picture: Option<Face<'a>>,
}

/// `POST`: begins one.
pub async fn create(State(api): State<Api>, write: Write) -> Result<Answer, Problem> {
    idempotency::once(api, write, begin).await
}

async fn begin(api: Api, write: Write) -> Result<Answer, Problem> {
    let asked: Asked = write.read()?;
    let hand = (write.acting.caller, api.clock.now());
    let file = (asked.length, asked.name.as_str());
    let upload = upload::begin(&api.db, file, api.making.largest(), hand).await?;
    let at = format!("/api/v1/picture-uploads/{}", upload.id);
    let answer = answer(&api, StatusCode::CREATED, &upload).await?;
    Ok(found_at(&at, answer))
}

/// `GET …/{upload}`: where it stands.
pub async fn show(
    State(api): State<Api>,
    acting: Acting,
    AtUpload(id): AtUpload,
) -> Result<Answer, Problem> {
    let upload = own(&api, &acting, id).await?;
    answer(&api, StatusCode::OK, &upload).await
}

/// `PATCH …/{upload}?offset=`: the next part. The last one makes it a picture.
pub async fn update(
    State(api): State<Api>,
    acting: Acting,
    AtUpload(id): AtUpload,
    Query(query): Query,
    request: Request,
) -> Result<Answer, Problem> {
    let upload = own(&api, &acting, id).await?;
    let offset: u64 = query
        .read("offset")?
        .ok_or_else(|| Refusal::on("offset", "missing"))?;
    if upload.picture.is_some() {
        return answer(&api, StatusCode::OK, &upload).await;
    }
    let incoming = api.making.tray.incoming(id.uuid()).await?;
    let received = incoming.length();
    if offset != received {
        let elsewhere = Refusal::on("offset", "upload-elsewhere").with("received", received);
        return Err(Problem::from(elsewhere).with("received", received));
    }
    let added = api
        .making
        .add(incoming, request.into_body(), upload.length)
        .await;
    let incoming = added.map_err(|(no, _)| Problem::from(no))?;
    if incoming.length() < upload.length {
        return answer(&api, StatusCode::OK, &upload).await;
    }
    let (_, bytes) = incoming.read().await?;
    finish(&api, &acting, upload, bytes).await
}

/// What cannot be developed is thrown away with its upload; what we failed at, or nobody looked at, stays, to be sent on
/// with an empty part.
async fn finish(
    api: &Api,
    acting: &Acting,
    mut upload: Upload,
    bytes: Vec<u8>,
) -> Result<Answer, Problem> {
    let making = &api.making;
    let brought = Brought {
        file: Whole(bytes),
        name: &upload.file_name,
        words: &Words::default(),
    };
    let hand = (&acting.by, api.clock.now());
    let ground = (&api.db, &api.customs.zone);
    let taken = making.take_in(ground, brought, hand).await;
    match taken {
        Ok((picture, _)) => {
            upload::end(&api.db, upload.id, picture.id).await?;
            making.tray.forget(upload.id.uuid()).await?;
            upload.picture = Some(picture.id);
            answer(api, StatusCode::CREATED, &upload).await
        }
        Err(base::No::Refused(why)) if !why.has("scanner-silent") => {
            upload::forget(&api.db, upload.id).await?;
            making.tray.forget(upload.id.uuid()).await?;
            Err(why.into())
        }
        Err(no) => Err(no.into()),
    }
}

/// The upload, for who began it; for others there is none.
async fn own(api: &Api, acting: &Acting, id: Id<Upload>) -> Result<Upload, Problem> {
    let upload = upload::one(&api.db, id).await?;
    let own = upload.filter(|upload| upload.begun_by == acting.caller);
    own.ok_or_else(Problem::absent)
}

async fn answer(api: &Api, status: StatusCode, upload: &Upload) -> Result<Answer, Problem> {
    let picture = match upload.picture {
        Some(id) => picture::one(&api.db, id).await?,
        None => None,
    };
    let received = match picture {
        Some(_) => upload.length,
        None => api.making.tray.received(upload.id.uuid()).await?,
    };
    let (media, now) = (&api.making.media, api.clock.now());
    let face = UploadFace {
        id: upload.id,
        length: upload.length,
        received,
        part_limit: PART,
        picture: picture
            .as_ref()
            .map(|picture| Face::of(picture, media, now)),
    };
    Answer::json(status, &face)
}
