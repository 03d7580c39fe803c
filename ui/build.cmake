# Builds the pages in a folder of their own and writes them as C++. The sources are copied, so that nothing is written
# into the checkout; packages are fetched once for each package-lock.json.
#   cmake -D SOURCE=ui -D BUILD=… -D NPM=npm -D NODE=node -D OUTPUT=assets.cpp -P build.cmake
file(REMOVE_RECURSE ${BUILD}/src ${BUILD}/dist ${BUILD}/test)
file(COPY ${SOURCE}/ DESTINATION ${BUILD} PATTERN node_modules EXCLUDE PATTERN dist EXCLUDE PATTERN dist-test EXCLUDE)

function(run what)
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY ${BUILD} OUTPUT_VARIABLE said ERROR_VARIABLE said RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${what} failed (without the pages: -DKONSEKI_UI=OFF):\n${said}")
  endif()
endfunction()

file(SHA256 ${BUILD}/package-lock.json wanted)
set(stamp ${BUILD}/node_modules/.konseki_lock)
set(present "")
if(EXISTS ${stamp})
  file(READ ${stamp} present)
endif()
if(NOT present STREQUAL wanted)
  run("npm ci" ${NPM} ci --ignore-scripts --no-audit --no-fund --prefer-offline)
  file(WRITE ${stamp} ${wanted})
endif()
run("npm run build" ${NPM} run build)
run("embed.mjs" ${NODE} embed.mjs dist ${OUTPUT})
