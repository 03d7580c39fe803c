#include "konseki/records/shape.h"

#include <doctest/doctest.h>

#include <thread>

#include "konseki/base/bytes.h"

using namespace konseki;
using namespace konseki::records;

namespace {

std::unique_ptr<Shape> shape_with_key(std::string_view key) {
    auto shape = std::make_unique<Shape>();
    const Bytes bytes = as_bytes(key);
    shape->key.assign(bytes.begin(), bytes.end());
    return shape;
}

}  // namespace

TEST_CASE("shape table: the same key is one shape, whoever adds it") {
    ShapeTable table;
    std::unique_ptr<Shape> first = shape_with_key("a"), second = shape_with_key("a");
    const Shape* const added = table.add(first);

    CHECK(table.add(second) == added);
    CHECK(second != nullptr);
    CHECK(table.find(as_bytes("a")) == added);
    CHECK(table.find(as_bytes("b")) == nullptr);
    CHECK(table.size() == 1);
}

TEST_CASE(
    "shape table: past its capacity a shape stays with the caller, and known ones are still "
    "found") {
    ShapeTable table(1);
    std::unique_ptr<Shape> first = shape_with_key("a"), second = shape_with_key("b");
    const Shape* const added = table.add(first);

    CHECK(table.add(second) == nullptr);
    CHECK(second->id == Shape::batch_owned);
    CHECK(table.find(as_bytes("a")) == added);
}

TEST_CASE("shape table: threads that add the same keys agree on the shapes") {
    ShapeTable table;
    std::vector<const Shape*> seen[2];
    {
        std::vector<std::jthread> threads;
        for (auto& list : seen)
            threads.emplace_back([&table, &list] {
                for (int n = 0; n < 200; ++n) {
                    std::unique_ptr<Shape> shape = shape_with_key(std::to_string(n));
                    list.push_back(table.add(shape));
                }
            });
    }

    CHECK(seen[0] == seen[1]);
    CHECK(table.size() == 200);
}
