# Completion of cph-wizard for fish: put it into ~/.config/fish/completions as `cph-wizard.fish`, or source it.
# The program itself knows the answers; nothing of the command line is run.
function __cph_wizard_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    set -l offered ($before[1] __complete $before[2..] "$current" 2> /dev/null)
    switch "$offered[1]"
        case files
            __fish_complete_path "$current"
        case folders
            __fish_complete_directories "$current"
        case words
            printf '%s\n' $offered[2..]
    end
end
complete -c cph-wizard -f -a '(__cph_wizard_complete)'
