# What the organisation, and whoever collected the evidence, say. Included by the room's CMakeLists.txt.
set(organisation_sources
  organisation/collection.cpp
  organisation/profile.cpp
  organisation/profile_calendar.cpp
  organisation/profile_values.cpp
  organisation/verdict.cpp)
set(organisation_tests organisation/collection_test.cpp organisation/profile_test.cpp
  organisation/verdict_test.cpp)
