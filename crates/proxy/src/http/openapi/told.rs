//! One operation as the document tells it.

use perfectgym::{Method, Operation};
use utoipa::ToSchema;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{HttpMethod, OperationBuilder, Parameter, PathItem};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ArrayBuilder, KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::openapi::{
    ContentBuilder, PathsBuilder, Ref, RefOr, Required, Response, ResponseBuilder, SecurityRequirement,
};

/// The name of the session's security scheme.
pub(super) const SESSION: &str = "session";

/// Who may ask.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Whom {
    /// Anybody.
    Anybody,
    /// Anybody, and a member as that member.
    Either,
    /// Members alone.
    Members,
}

/// One operation.
pub(super) struct Told {
    method: HttpMethod,
    path: String,
    operation: OperationBuilder,
    whom: Whom,
}

impl Told {
    /// One of the contract's.
    pub(super) fn of<O: Operation>(id: &str, says: &str) -> Self {
        let method = match O::METHOD {
            Method::Get => HttpMethod::Get,
            Method::Post => HttpMethod::Post,
            Method::Delete => HttpMethod::Delete,
        };
        Self::at(method, super::super::router::at::<O>(), id, says)
    }

    /// One beyond the contract.
    pub(super) fn at(method: HttpMethod, path: impl Into<String>, id: &str, says: &str) -> Self {
        let operation = OperationBuilder::new().operation_id(Some(id)).summary(Some(says));
        Self {
            method,
            path: path.into(),
            operation,
            whom: Whom::Anybody,
        }
    }

    pub(super) fn to(mut self, whom: Whom) -> Self {
        self.whom = whom;
        self
    }

    pub(super) fn takes(mut self, parameter: Parameter) -> Self {
        self.operation = self.operation.parameter(parameter);
        self
    }

    /// The JSON body it takes.
    pub(super) fn reads<T: ToSchema>(mut self) -> Self {
        let body = RequestBodyBuilder::new().required(Some(Required::True)).content(
            "application/json",
            ContentBuilder::new().schema(Some(named::<T>())).build(),
        );
        self.operation = self.operation.request_body(Some(body.build()));
        self
    }

    pub(super) fn answers(mut self, status: u16, response: impl Into<RefOr<Response>>) -> Self {
        self.operation = self.operation.response(status.to_string(), response);
        self
    }

    /// The failures it may end in, each with the one body that all have.
    pub(super) fn fails(self, statuses: &[u16]) -> Self {
        let failure = |told: Self, status: &u16| told.answers(*status, failure(*status));
        statuses.iter().fold(self, failure)
    }

    pub(super) fn put_into(self, paths: PathsBuilder) -> PathsBuilder {
        let session = || SecurityRequirement::new(SESSION, [""; 0]);
        let operation = match self.whom {
            Whom::Anybody => self.operation,
            Whom::Members => self.operation.security(session()),
            Whom::Either => self
                .operation
                .security(SecurityRequirement::default())
                .security(session()),
        };
        paths.path(self.path, PathItem::new(self.method, operation))
    }
}

/// A type, by its name.
pub(super) fn named<T: ToSchema>() -> RefOr<Schema> {
    RefOr::Ref(Ref::from_schema_name(T::name()))
}

/// A 200 with JSON.
pub(super) fn json(schema: impl Into<RefOr<Schema>>) -> Response {
    let content = ContentBuilder::new().schema(Some(schema)).build();
    ResponseBuilder::new()
        .description("As asked.")
        .content("application/json", content)
        .build()
}

/// A 200 with a list that says how much of it could not be read.
pub(super) fn list(mut response: Response) -> Response {
    let header = HeaderBuilder::new()
        .schema(Some(whole_number(1, i64::from(i32::MAX))))
        .description(Some(
            "How many elements nobody could read; absent where the list is whole.",
        ))
        .build();
    response
        .headers
        .insert(booking::listed::UNREADABLE.to_owned(), RefOr::T(header));
    response
}

/// Many of a type.
pub(super) fn many<T: ToSchema>() -> ArrayBuilder {
    ArrayBuilder::new().items(named::<T>())
}

/// A text of another kind.
pub(super) fn other(kind: &str) -> Response {
    let text = ObjectBuilder::new().schema_type(Type::String);
    ResponseBuilder::new()
        .description("As asked.")
        .content(kind, ContentBuilder::new().schema(Some(text)).build())
        .build()
}

/// Goes on to a page of ours.
pub(super) fn leads_on() -> Response {
    let address = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^/"));
    let location = HeaderBuilder::new().schema(Some(address)).build();
    ResponseBuilder::new()
        .description("Goes on to a page of ours.")
        .header("Location", location)
        .build()
}

fn failure(status: u16) -> Response {
    let content = ContentBuilder::new()
        .schema(Some(named::<booking::Failure>()))
        .build();
    let response = ResponseBuilder::new()
        .description(meaning(status))
        .content("application/json", content);
    if !matches!(status, 429 | 503) {
        return response.build();
    }
    let seconds = HeaderBuilder::new()
        .schema(Some(whole_number(0, i64::from(i32::MAX))))
        .build();
    response.header("Retry-After", seconds).build()
}

fn meaning(status: u16) -> &'static str {
    match status {
        400 => "Not a request that an app of ours sends.",
        401 => "Nobody is signed in, or number and birth date are not those of a member.",
        403 => "Not from one of our own pages.",
        404 => "Not there, or not this member's.",
        409 => "Changed by somebody else at the same moment, or another wish under the same key.",
        411 => "A body in chunks.",
        415 => "A packed body.",
        422 => "Refused by the studio.",
        429 => "Too many wrong answers.",
        502 => "The studio's system failed, or gave an answer that nobody can read.",
        503 => "Too much at once, or switched off.",
        504 => "No answer in time; after a write nobody knows yet.",
        _ => "A fault of the proxy's own.",
    }
}

/// A whole number within bounds.
pub(super) fn whole_number(least: i64, most: i64) -> ObjectBuilder {
    let number = |bound| utoipa::Number::Int(isize::try_from(bound).unwrap_or_default());
    ObjectBuilder::new()
        .schema_type(Type::Integer)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
        .minimum(Some(number(least)))
        .maximum(Some(number(most)))
}
