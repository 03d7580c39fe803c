#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "konseki/evidence/file.h"
#include "konseki/evidence/walk.h"
#include "konseki/findings/examination.h"
#include "konseki/formats/mta.h"

namespace konseki::examine {

/// The messages that Windows wrote beside exported logs, `<folder>/LocaleMetaData/<log>_<LCID>.MTA` for
/// `<folder>/<log>.evtx`. Their indexes are in memory; a text is read when it is asked for.
class WindowsTexts {
  public:
    /// Reads those of the logs among the items that were examined. What became of such a file is said in
    /// the item's `reason`; nothing fails.
    WindowsTexts(const std::vector<evidence::Item>& items, std::vector<findings::ItemInfo>& infos);

    /// Puts into finding.windows what there is for its record, by language.
    void fill(findings::Finding& finding) const;

    /// A file is read as a whole once, for its index.
    static constexpr std::uint64_t max_file_bytes = 256u << 20;
    /// Of all files together, for their indexes: 128 MB.
    static constexpr std::size_t max_events = 4'000'000;
    /// Each stays open until the findings are written.
    static constexpr std::size_t max_files = 256;
    /// Of one log; every finding repeats its text in each.
    static constexpr std::size_t max_languages = 4;
    /// Of one text that is shown; the longest of Windows' own have some 3,000 characters.
    static constexpr std::size_t max_text_bytes = 4'096;

  private:
    struct Language {
        std::uint32_t lcid = 0;
        evidence::File file;
        formats::mta::Messages messages;
    };
    /// Gives what became of it.
    std::string add(const evidence::Item& item, std::uint32_t lcid, std::uint32_t log);
    Result<Language> open(const evidence::Item& item, std::uint32_t lcid) const;

    std::map<std::uint32_t, std::vector<Language>> by_log_;  ///< by index of the log's item
    std::size_t events_ = 0, files_ = 0;
};

}  // namespace konseki::examine
