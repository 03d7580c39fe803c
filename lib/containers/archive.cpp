#include "konseki/containers/archive.h"

#include "konseki/containers/gzip.h"
#include "konseki/containers/tar.h"
#include "konseki/containers/zip.h"
#include "tar_header.h"

#include <array>

namespace konseki::containers {
namespace {

std::string_view without_gz(std::string_view name) {
    if (name.ends_with(".gz")) name.remove_suffix(3);
    return name;
}

Result<void> read_single(const Source& source, std::string_view name, const Limits& limits,
                         EntrySink& sink) {
    Entry entry{.path = std::string(without_gz(name))};
    if (sink.wish(entry) != EntryWish::read) return {};
    GzipStream stream(source, limits);
    const Result<std::vector<std::byte>> contents = read_all(stream, limits);
    if (!contents) {
        if (contents.error().kind == ErrorKind::io) return fail(contents.error());
        sink.note({entry.path, contents.error().offset, contents.error().message});
        return {};
    }
    entry.size = contents->size();
    sink.take(entry, *contents);
    return {};
}

Result<void> read_gzip(const Source& source, std::string_view name, const Limits& limits,
                       EntrySink& sink) {
    std::array<std::byte, tar_block_bytes> block{};
    GzipStream probe(source, limits);
    const Result<std::size_t> got = probe.read(block);
    if (!got || !is_tar(Bytes(block).first(*got))) return read_single(source, name, limits, sink);
    GzipStream stream(source, limits);
    return for_each_tar_entry(stream, limits, sink);
}

}  // namespace

ContainerKind sniff_container(Bytes first) {
    if (is_zip(first)) return ContainerKind::zip;
    if (is_gzip(first)) return ContainerKind::gzip;
    return is_tar(first) ? ContainerKind::tar : ContainerKind::none;
}

Result<void> for_each_entry(const Source& source, std::string_view name, const Limits& limits,
                            EntrySink& sink) {
    std::array<std::byte, tar_block_bytes> first{};
    const std::size_t got = TRY(source.read_at(0, first));
    switch (sniff_container(Bytes(first).first(got))) {
        case ContainerKind::zip: return for_each_zip_entry(source, limits, sink);
        case ContainerKind::gzip: return read_gzip(source, name, limits, sink);
        case ContainerKind::tar: {
            SourceStream stream(source);
            return for_each_tar_entry(stream, limits, sink);
        }
        case ContainerKind::none: break;
    }
    return fail(Error::unsupported("is no zip, tar or gzip file"));
}

}  // namespace konseki::containers
