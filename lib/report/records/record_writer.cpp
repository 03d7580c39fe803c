#include <utility>

#include "konseki/base/time.h"
#include "konseki/render/csv.h"
#include "konseki/report/records.h"
#include "records/evtx_json.h"
#include "records/flat_json.h"
#include "records/value_json.h"

namespace konseki::report {

namespace {

using records::Batch;
using records::Field;
using records::Record;

/// All values of the fields with this name or path, joined by ", ".
std::string values_of(const Batch& batch, const Record& record, std::string_view wanted) {
    std::string text;
    for (const Field& field : record.shape->fields) {
        if ((field.name != wanted && field.path != wanted) || !batch.has(record, field)) continue;
        if (!text.empty()) text += ", ";
        records::append_text(text, batch.value(record, field.slot));
    }
    return text;
}

}  // namespace

struct RecordWriter::State {
    explicit State(RecordWriterOptions options_)
        : options(std::move(options_)),
          flat(options.format == RecordFormat::jsonl ? options.fields
                                                     : std::vector<std::string>{}) {}

    void write_csv(const Batch& batch, const Record& record, std::string_view path,
                   render::JsonBuffer& out);

    RecordWriterOptions options;
    EvtxJsonWriter evtx;
    FlatJsonWriter flat;
    render::JsonBuffer fields;
    std::string row;
};

RecordWriter::RecordWriter(RecordWriterOptions options)
    : state_(std::make_unique<State>(std::move(options))) {}
RecordWriter::~RecordWriter() = default;

std::string RecordWriter::head() const {
    switch (state_->options.format) {
        case RecordFormat::jsonl: return "{\"schema\":\"konseki/records/1\"}\n";
        case RecordFormat::evtx_json: return {};
        case RecordFormat::csv: break;
    }
    std::string text(render::csv_byte_order_mark);
    render::CsvWriter csv(text);
    if (state_->options.fields.empty()) {
        for (const std::string_view column : {"time", "host", "log", "provider", "id", "record",
                                              "level", "path", "offset", "fields"})
            csv.cell(column);
    } else {
        for (const std::string& column : state_->options.fields) csv.cell(column);
    }
    csv.end_row();
    return text;
}

void RecordWriter::State::write_csv(const Batch& batch, const Record& record, std::string_view path,
                                    render::JsonBuffer& out) {
    row.clear();
    render::CsvWriter csv(row);
    if (!options.fields.empty()) {
        for (const std::string& wanted : options.fields) csv.cell(values_of(batch, record, wanted));
    } else {
        const records::SystemFields& system = record.shape->system;
        csv.cell(to_iso(record.time));
        csv.cell(host_of(batch, record));
        csv.cell(records::to_text(batch.field(record, system.channel)));
        csv.cell(records::to_text(batch.field(record, system.provider)));
        csv.cell(records::to_text(batch.field(record, system.event_id)));
        csv.number(static_cast<std::int64_t>(record.record_id));
        csv.cell(records::to_text(batch.field(record, system.level)));
        csv.cell(path);
        csv.number(static_cast<std::int64_t>(record.offset));
        fields.clear();
        flat.write_fields(batch, record, fields);
        csv.cell(fields.text());
    }
    csv.end_row();
    out.append(row);
}

void RecordWriter::write(const Batch& batch, const Record& record, std::string_view path,
                         render::JsonBuffer& out) {
    switch (state_->options.format) {
        case RecordFormat::jsonl: state_->flat.write(batch, record, path, out); return;
        case RecordFormat::evtx_json: state_->evtx.write(batch, record, out); return;
        case RecordFormat::csv: state_->write_csv(batch, record, path, out); return;
    }
}

}  // namespace konseki::report
