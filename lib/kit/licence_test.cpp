#include "licence.h"

#include <doctest/doctest.h>

using konseki::kit::licence_name;
using konseki::kit::licence_rank;

TEST_CASE("licence: well-known ones are named by their title, and the version below it") {
    CHECK(licence_name("# Detection Rule License (DRL) 1.1\n\nPermission is hereby granted") ==
          "DRL-1.1");
    CHECK(licence_name("\xEF\xBB\xBF# Detection Rule License (DRL) 1.0\r\n") == "DRL-1.0");
    CHECK(licence_name("MIT License\n\nCopyright (c) 2024 A. Author") == "MIT");
    CHECK(licence_name("\n\n   Apache License\n   Version 2.0, January 2004\n") == "Apache-2.0");
    CHECK(licence_name("GNU GENERAL PUBLIC LICENSE\n Version 3, 29 June 2007\n") == "GPL-3.0");
    CHECK(licence_name("GNU GENERAL PUBLIC LICENSE\n Version 2, June 1991\n") == "GPL-2.0");
    CHECK(licence_name("GNU LESSER GENERAL PUBLIC LICENSE\n Version 2.1, February 1999\n") ==
          "LGPL-2.1");
    CHECK(licence_name("BSD 3-Clause License\n") == "BSD-3-Clause");
}

TEST_CASE("licence: a list of licences means that of the rules") {
    CHECK(licence_name("# Licenses\n\n- The toolchain: GNU Lesser General Public License\n"
                       "- The rules are released under the Detection Rule License (DRL) 1.1\n") ==
          "DRL-1.1");
}

TEST_CASE(
    "licence: any other is named by its first line, cut to 80 characters and never within one") {
    CHECK(licence_name("\n**House rules of Example Corp.**\nmore") ==
          "House rules of Example Corp.");
    CHECK(licence_name("Apache License\nVersion 1.1\n") == "Apache License");
    std::string written, wanted;
    for (int i = 0; i < 100; ++i) written += "規";
    for (int i = 0; i < 80; ++i) wanted += "規";
    CHECK(licence_name(written) == wanted);
    CHECK(licence_name("a\xff"
                       "b") ==
          "a\xEF\xBF\xBD"
          "b");
    CHECK(licence_name(" \n---\n") == "");
}

TEST_CASE("licence: of several files the one for the rules counts, and other files are none") {
    CHECK(licence_rank("LICENSE.Detection.Rules.md") > licence_rank("LICENSE"));
    CHECK(licence_rank("LICENSE") > licence_rank("COPYING"));
    CHECK(licence_rank("license.txt") > 0);
    CHECK(licence_rank("LICENSE.evil.md") == 0);
    CHECK(licence_rank("README.md") == 0);
}
