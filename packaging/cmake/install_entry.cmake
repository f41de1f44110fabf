# Run by cmake --install. The entry names the program by its full path, which is known only now: a person's own bin
# folder need not be in the desktop's PATH. Quoted as the Desktop Entry Specification has it.
string(REPLACE "\\" "\\\\\\\\" QUARTERDECK_PROGRAM "${CMAKE_INSTALL_PREFIX}/bin/quarterdeck")
string(REGEX REPLACE "([\"`$])" "\\\\\\\\\\1" QUARTERDECK_PROGRAM "${QUARTERDECK_PROGRAM}")
string(REPLACE "%" "%%" QUARTERDECK_PROGRAM "${QUARTERDECK_PROGRAM}")
set(name io.github.quarterdeck.Quarterdeck.desktop)
set(entry "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/share/applications/${name}")
message(STATUS "Installing: ${entry}")
configure_file("${CMAKE_CURRENT_LIST_DIR}/../${name}.in" "${entry}" @ONLY
    FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
