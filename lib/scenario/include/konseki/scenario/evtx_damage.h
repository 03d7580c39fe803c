#pragma once

// Ways in which a finished log may be torn. Each changes the image in one named way and nothing else:
// checksums stay as they were unless reseal() is called. Records are named by their index in the image.

#include <cstddef>
#include <cstdint>

#include "konseki/scenario/evtx_writer.h"

namespace konseki::scenario::evtx {

/// Cuts the file at this offset.
void cut(Image& image, std::uint64_t offset);
/// Writes a record's size field.
void set_record_size(Image& image, std::size_t record, std::uint32_t size);
/// Writes the copy of the size at a record's end.
void set_size_copy(Image& image, std::size_t record, std::uint32_t size);
/// Writes the offset of the first instance's template definition.
void set_definition_offset(Image& image, std::size_t record, std::uint32_t offset);
/// The definition's link to the next one of its bucket points to itself.
void link_definition_to_itself(Image& image, std::size_t record);
/// Writes the size field of the definition that the record's first instance names.
void set_definition_size(Image& image, std::size_t record, std::uint32_t size);
/// Writes the number of values of the record's first instance.
void set_value_count(Image& image, std::size_t record, std::uint32_t count);
/// Writes one value descriptor of the record's first instance.
void set_descriptor(Image& image, std::size_t record, std::size_t value, std::uint16_t size,
                    std::uint8_t type);
/// Inverts the records' checksum and the header's checksum of a chunk.
void break_chunk_checksums(Image& image, std::size_t chunk);
void break_file_checksum(Image& image);
void break_chunk_magic(Image& image, std::size_t chunk);
void break_file_magic(Image& image);
/// Writes the free-space offset.
void set_free_space(Image& image, std::size_t chunk, std::uint32_t offset);
/// Writes the record ids that the chunk header names.
void set_chunk_ids(Image& image, std::size_t chunk, std::uint64_t first, std::uint64_t last);
/// The header of a live copy: dirty, naming fewer chunks and an older next record.
void make_header_stale(Image& image, std::uint64_t last_chunk, std::uint16_t count,
                       std::uint64_t next_record_id);
/// Zeroes a whole chunk, or the first `bytes` of it.
void zero_chunk(Image& image, std::size_t chunk, std::size_t bytes = chunk_bytes);
/// Exchanges two chunks, places of their records included.
void exchange_chunks(Image& image, std::size_t a, std::size_t b);
/// The chunk's header is set back to what it was before its last `count` records: they lie behind the
/// free-space offset.
void make_slack(Image& image, std::size_t chunk, std::size_t count);
/// Every name's link, and every bucket of the name table, points to a name in a circle.
void link_names_in_a_circle(Image& image, std::size_t chunk);
/// Every bucket of the chunk's name and template tables holds this offset.
void fill_tables(Image& image, std::size_t chunk, std::uint32_t offset);
/// Writes right checksums into the file header and every chunk (records up to the free-space offset).
void reseal(Image& image);

/// A chunk of one record whose templates are nested: each level's single value is used twice, `levels`
/// deep, so that its text doubles with each level.
Image doubling_bomb(std::size_t levels);
/// One value of `value_bytes` bytes used `uses` times.
Image repeating_bomb(std::size_t uses, std::size_t value_bytes);
/// Elements nested this deep in one template.
Image deep_elements(std::size_t depth);
/// Instances nested this deep in values.
Image deep_instances(std::size_t depth);

}  // namespace konseki::scenario::evtx
