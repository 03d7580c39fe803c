#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "konseki/findings/examination.h"
#include "konseki/report/shown_records.h"
#include "konseki/traces/collect.h"

namespace konseki::report {

/// An account that findings name.
struct ShownAccount {
    std::string name;                                        ///< as first written
    findings::Level level = findings::Level::informational;  ///< the highest of its findings
    std::uint64_t count = 0;                                 ///< findings
    findings::Span span;
    std::set<std::uint32_t> hosts;  ///< indexes into Examination::hosts, the first max_hosts
};

/// Adds up findings by account; those that are set aside are left out.
class ShownAccounts {
  public:
    /// Evidence can name any number; what comes later is counted only.
    static constexpr std::size_t max_kept = 5'000;
    static constexpr std::size_t max_hosts = 20;

    /// Keeps the reference.
    explicit ShownAccounts(const findings::Examination& examination) : examination_(examination) {}
    void add(const findings::Finding& finding);
    /// The highest level first, then the most findings, then by name.
    std::vector<const ShownAccount*> sorted() const;
    /// Findings of accounts that were not kept.
    std::uint64_t left_out() const { return left_out_; }

  private:
    const findings::Examination& examination_;
    std::map<std::string, ShownAccount, std::less<>> accounts_;  ///< by folded name
    std::uint64_t left_out_ = 0;
};

/// Keeps the traces that findings touch and that do not name the victim, in whatever order they come.
class ShownTraces {
  public:
    static constexpr std::size_t max_kept = 500;

    void add(const traces::TraceLine& trace);
    /// To be called when all have been added: the highest level first, then by type and value.
    void finish() { cut(); }
    const std::vector<traces::TraceLine>& kept() const { return kept_; }
    /// All, those that were not kept included.
    std::uint64_t count() const { return count_; }

  private:
    void cut();

    std::vector<traces::TraceLine> kept_;
    std::uint64_t count_ = 0;
};

/// What report.html shows besides what is told: gathered while findings and traces go by.
struct Shown {
    explicit Shown(const findings::Examination& examination)
        : records(examination), accounts(examination) {}
    /// Of every finding, also one that is set aside.
    void add(const findings::Finding& finding) {
        records.add(finding);
        accounts.add(finding);
    }

    ShownRecords records;
    ShownAccounts accounts;
    ShownTraces traces = {};
};

}  // namespace konseki::report
