//! What an operation is asked with: in its path, its query, a header, or a form.

use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{KnownFormat, Object, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Required};
use utoipa::{PartialSchema, ToSchema};

/// A part of a path.
pub(in crate::http) fn path(name: &str, schema: impl Into<RefOr<Schema>>) -> Parameter {
    parameter(name, ParameterIn::Path, schema)
}

/// The id of something in a path.
pub(in crate::http) fn id<T: PartialSchema + ToSchema>(name: &str) -> Parameter {
    path(name, T::schema())
}

/// What may stand in a query.
pub(in crate::http) fn query(name: &str, says: &str, schema: impl Into<RefOr<Schema>>) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(says))
        .schema(Some(schema))
        .build()
}

/// What has to stand in a query.
pub(in crate::http) fn needed(name: &str, says: &str, schema: impl Into<RefOr<Schema>>) -> Parameter {
    let mut parameter = query(name, says, schema);
    parameter.required = Required::True;
    parameter
}

/// Where a page or a form leads on to.
pub(in crate::http) fn next() -> Parameter {
    let says = "Where to go on to; ours alone count.";
    query("next", says, field("An address."))
}

/// What names an attempt or a move.
pub(in crate::http) fn key(name: &str, at: ParameterIn) -> Parameter {
    parameter(name, at, word("^[A-Za-z0-9-]{16,64}$"))
}

/// A field of a form.
pub(in crate::http) fn field(says: &str) -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(says))
}

/// A text of a form.
pub(in crate::http) fn word(pattern: &str) -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some(pattern))
        .build()
}

/// One of these words.
pub(in crate::http) fn one_of<'a>(words: impl IntoIterator<Item = &'a str>) -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(words))
        .build()
}

/// A whole number within bounds.
pub(in crate::http) fn whole_number(least: i64, most: i64) -> Object {
    let number = |bound| utoipa::Number::Int(isize::try_from(bound).unwrap_or_default());
    ObjectBuilder::new()
        .schema_type(Type::Integer)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
        .minimum(Some(number(least)))
        .maximum(Some(number(most)))
        .build()
}

fn parameter(name: &str, at: ParameterIn, schema: impl Into<RefOr<Schema>>) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(at)
        .required(Required::True)
        .schema(Some(schema))
        .build()
}
