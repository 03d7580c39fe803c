#pragma once

#include <string>
#include <vector>

#include "konseki/casebook/row.h"
#include "konseki/desk/desk.h"
#include "konseki/render/json.h"
#include "konseki/server/http.h"

namespace konseki::server {

/// The members of a row without its contact data, as an object.
void write_row(render::JsonWriter& json, const casebook::Row& row);
/// `{id, …}` with the contact data alone.
void write_contact_data(render::JsonWriter& json, const casebook::Row& row);
void write_rows(render::JsonWriter& json, const std::vector<casebook::Row>& rows);
/// Rows of several kinds: `{kind, row}` each.
void write_mixed(render::JsonWriter& json, const std::vector<casebook::Row>& rows);

/// An answer that `write` fills.
template <class Write>
Response json_answer(int status, Write&& write) {
    render::JsonBuffer buffer;
    render::JsonWriter json(buffer);
    write(json);
    Response response;
    response.status = status;
    response.type = "application/json";
    response.body = buffer.text();
    return response;
}
/// One row, with its version as ETag.
Response row_answer(int status, const casebook::Row& row);
/// 204.
Response empty_answer();

}  // namespace konseki::server
