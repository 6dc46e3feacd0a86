#include "api/command_line.h"

int main(int count, char** arguments) { return eakte::api::run_command_line(count, arguments); }
