#include "konseki/render/reword.h"

#include <doctest/doctest.h>

using konseki::render::Language;
using konseki::render::reword;

namespace {

std::string ja(std::string_view english) { return reword(Language::ja, "reason.", english); }

}  // namespace

TEST_CASE("reword: a reason is found by its English text, with what stands in it") {
    CHECK(ja("the document has no title") == "title がありません");
    CHECK(ja("unknown modifier `contain`") == "修飾子 `contain` には対応していません");
    CHECK(ja("`x` is no time span such as 30s, 10m, 12h or 7d") ==
          "`x` は時間幅として読めません（30s、10m、12h、7d のように書きます）");
    CHECK(ja("no values are given for the placeholder `%admins%`") ==
          "プレースホルダー `%admins%` の値が指定されていません");
}

TEST_CASE("reword: of several that fit the one with more words of its own counts") {
    CHECK(ja("`near` of Sigma 1 is not read: write a temporal correlation") ==
          "Sigma 1 の `near` には対応していません。temporal の相関ルールで書いてください");
    CHECK(ja("unknown key `a` in the correlation") == "correlation に不明なキー `a` があります");
}

TEST_CASE("reword: a sentence within a sentence is reworded too") {
    CHECK(ja("no Windows event log carries `linux`: Linux has other logs") ==
          "`linux` のイベントは Windows イベントログに記録されません（Linux "
          "には別のログがあります）");
    CHECK(ja("YAML: mapping values are not allowed in this context") ==
          "YAML の誤り: mapping values are not allowed in this context");
}

TEST_CASE("reword: what the catalogue does not know stays as it is, and English stays English") {
    CHECK(ja("something else") == "something else");
    CHECK(ja("") == "");
    CHECK(ja("the document has no title at all") == "the document has no title at all");
    CHECK(ja("unknown modifier `contain") == "unknown modifier `contain");
    CHECK(reword(Language::en, "reason.", "the document has no title") ==
          "the document has no title");
    CHECK(reword(Language::ja, "kit.", "the document has no title") == "the document has no title");
}
