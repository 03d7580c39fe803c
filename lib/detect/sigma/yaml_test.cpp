#include "sigma/yaml.h"

#include <doctest/doctest.h>

#include <string>

using namespace konseki::detect::sigma;

namespace {

/// The one document of a text that must be readable.
YamlNode only(std::string_view text) {
    const auto documents = read_yaml(text);
    REQUIRE(documents.size() == 1);
    REQUIRE_MESSAGE(!documents[0].error, documents[0].error->message);
    return documents[0].root;
}

YamlError fault(std::string_view text) {
    const auto documents = read_yaml(text);
    REQUIRE(!documents.empty());
    REQUIRE(documents.back().error);
    return *documents.back().error;
}

}  // namespace

TEST_CASE("yaml: nodes carry their lines and scalars their source text") {
    const YamlNode root =
        only("title: x\ndetection:\n  a: 0x17\n  b: 1.10\n  c: yes\n  d: '12'\n  e: 012\n");

    const YamlNode* detection = root.find("detection");
    REQUIRE(detection != nullptr);
    CHECK(detection->entries[0].line == 3);
    CHECK(detection->find("a")->text == "0x17");
    CHECK(!detection->find("a")->as_integer());
    CHECK(detection->find("b")->text == "1.10");
    CHECK(!detection->find("c")->as_bool());
    CHECK(!detection->find("d")->as_integer());
    CHECK(!detection->find("d")->plain);
    CHECK(detection->find("e")->as_integer() == 12);
}

TEST_CASE("yaml: null, booleans and integers follow the core schema of YAML 1.2") {
    const YamlNode root = only(
        "- ~\n- null\n-\n- ''\n- 'null'\n- True\n- on\n- -5\n- +5\n- +-5\n- 1_000\n"
        "- 9223372036854775808\n");

    CHECK(root.items[0].is_null());
    CHECK(root.items[1].is_null());
    CHECK(root.items[2].is_null());
    CHECK(!root.items[3].is_null());
    CHECK(!root.items[4].is_null());
    CHECK(root.items[5].as_bool() == true);
    CHECK(!root.items[6].as_bool());
    CHECK(root.items[7].as_integer() == -5);
    CHECK(root.items[8].as_integer() == 5);
    CHECK(!root.items[9].as_integer());
    CHECK(!root.items[10].as_integer());
    CHECK(!root.items[11].as_integer());
}

TEST_CASE("yaml: a byte order mark, CR-LF and several documents are read") {
    const auto documents = read_yaml(
        "\xEF\xBB\xBF"
        "a: 1\r\nb: 2\r\n---\r\nc: 3\r\n---\r\n");

    REQUIRE(documents.size() == 2);
    CHECK(documents[0].root.find("b")->text == "2");
    CHECK(documents[1].root.find("c")->line == 4);
}

TEST_CASE("yaml: a doubled key is an error of its document only, with the line of the second") {
    const auto documents = read_yaml("a: 1\nb: 2\na: 3\n---\nc: 4\n");

    REQUIRE(documents.size() == 2);
    REQUIRE(documents[0].error);
    CHECK(documents[0].error->line == 3);
    CHECK(documents[0].error->message == "the key `a` stands twice in one map");
    CHECK(!documents[1].error);
}

TEST_CASE("yaml: a doubled key is found in a map of many keys") {
    std::string text;
    for (int i = 0; i < 40; ++i) text += "k" + std::to_string(i) + ": 1\n";

    CHECK(fault(text + "k7: 2\n").line == 41);
}

TEST_CASE("yaml: a fault of syntax ends the file and keeps the documents before it") {
    const auto documents = read_yaml("a: 1\n---\nb: [1, 2\nc: 3\n---\nd: 1\n");

    REQUIRE(documents.size() == 2);
    CHECK(!documents[0].error);
    REQUIRE(documents[1].error);
    CHECK(documents[1].error->line == 4);
}

TEST_CASE("yaml: anchors, aliases, foreign tags and keys that are no scalars are refused") {
    CHECK(fault("a: &x 1\n").message == "anchors and aliases are not read");
    CHECK(fault("a: &x [1]\nb: *x\n").line == 1);
    CHECK(fault("a: !!binary aGk=\n").message == "the tag `tag:yaml.org,2002:binary` is not read");
    CHECK(fault("? [a, b]\n: 1\n").message == "a key must be plain text");
}

TEST_CASE("yaml: a string tag makes a plain scalar a quoted one") {
    const YamlNode root = only("a: !!str 12\n");

    CHECK(!root.find("a")->plain);
    CHECK(!root.find("a")->as_integer());
}

TEST_CASE("yaml: depth, size and number of nodes are capped") {
    CHECK(fault(std::string(200, '[') + std::string(200, ']')).message == "nested too deep");
    CHECK(fault("a: '" + std::string(max_yaml_bytes, 'x') + "'").message ==
          "the file is larger than 4 MiB");
    std::string many = "[";
    for (std::size_t i = 0; i <= max_yaml_nodes; ++i) many += "1,";
    CHECK(fault(many + "1]").message == "too many values in one file");
}

TEST_CASE("yaml: an empty file has no documents") {
    CHECK(read_yaml("").empty());
    CHECK(read_yaml("# only a comment\n").empty());
    CHECK(read_yaml("---\n---\n").empty());
}
