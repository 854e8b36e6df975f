#include "tools/purser/command.h"

int main(int argc, char** argv) { return purser::cli::run(purser::cli::commands(), argc, argv); }
