# fish completion for touchline: the program itself knows what may stand where; files are fish's.
complete -c touchline -a '(touchline __complete (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'
