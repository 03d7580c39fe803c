#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/records/batch.h"
#include "konseki/render/json.h"

namespace konseki::report {

/// How records are written.
enum class RecordFormat : std::uint8_t {
    jsonl,      ///< ours: design "Record line"
    evtx_json,  ///< one event a line in the shape that `evtx_dump -o jsonl` prints
    csv,        ///< RFC 4180, formula-safe, with a header line
};

struct RecordWriterOptions {
    RecordFormat format = RecordFormat::jsonl;
    /// Only these fields, in this order (Sigma names or paths); empty: all. CSV without it has the columns
    /// time, host, log, provider, id, record, level, path, offset, fields.
    std::vector<std::string> fields;
};

/// Writes records as lines. One per thread: it keeps a compiled program for each shape.
class RecordWriter {
  public:
    explicit RecordWriter(RecordWriterOptions options);
    ~RecordWriter();
    RecordWriter(const RecordWriter&) = delete;
    RecordWriter& operator=(const RecordWriter&) = delete;

    /// What stands before the first record: the schema line (jsonl), BOM and column names (csv), nothing.
    std::string head() const;
    /// Appends one line. `path` is the item's shown path.
    void write(const records::Batch& batch, const records::Record& record, std::string_view path,
               render::JsonBuffer& out);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace konseki::report
