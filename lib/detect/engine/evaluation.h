#pragma once

#include <cstdint>
#include <vector>

#include "engine/binding.h"
#include "engine/evaluate.h"
#include "engine/program.h"
#include "engine/values.h"

namespace konseki::detect {

/// The record at hand with what is known of it so far: values of inputs and results of tests, each found
/// out once. One per thread.
class Evaluation {
  public:
    explicit Evaluation(const ProgramStore& store)
        : flat_(store.flat()), tester_(flat_, store.runtime()) {}

    /// Starts a record whose binding has a program. The binding must last as long as the record.
    void begin(const records::Batch& batch, const records::Record& record, const Binding& binding);

    const Binding& binding() const { return *binding_; }
    const Program& program() const { return *binding_->program; }
    const Flat& flat() const { return flat_; }
    Tester& tester() { return tester_; }
    Values& values() { return values_; }

    /// Values of an input of the program.
    const Found& input(std::uint32_t index) {
        InputMemo& memo = inputs_[index];
        if (memo.stamp != stamp_) collect(index, memo);
        return memo.found;
    }
    /// Notes a literal that stands in an input; false where it was noted before.
    bool note_literal(std::uint32_t literal) {
        if (literals_[literal] == stamp_) return false;
        literals_[literal] = stamp_;
        return true;
    }
    /// Appends the fields of the inputs that were asked for so far. False where all values were.
    bool append_read_fields(std::vector<std::uint16_t>& out) const;
    /// True where the tree at a node of the program holds.
    bool holds(std::uint32_t node);
    bool holds_test(std::uint32_t test) {
        const Memo& memo = tests_[test];
        return memo.stamp == stamp_ ? memo.result : find_out(test);
    }

  private:
    /// A result or value of the record at hand: it holds while its stamp is the record's.
    struct Memo {
        std::uint32_t stamp = 0;
        bool result = false;
    };
    struct InputMemo {
        std::uint32_t stamp = 0;
        Found found;
    };
    void collect(std::uint32_t index, InputMemo& memo);
    bool find_out(std::uint32_t test);

    const Flat& flat_;
    Tester tester_;
    Values values_;
    const Binding* binding_ = nullptr;
    std::uint32_t stamp_ = 0;
    std::vector<Memo> tests_;
    std::vector<InputMemo> inputs_;
    std::vector<std::uint32_t> literals_;  ///< stamp when last seen
};

}  // namespace konseki::detect
