# Completion of cph-wizard for PowerShell: run it in $PROFILE.
# The program itself knows the answers; nothing of the command line is run.
Register-ArgumentCompleter -Native -CommandName 'cph-wizard' -ScriptBlock {
    param($current, $line, $cursor)
    $words = @($line.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursor } | ForEach-Object { "$_" })
    # An empty word is written "" in older versions, which drop it otherwise.
    $last = if ($current -eq '' -and $PSVersionTable.PSVersion -lt '7.3') { '""' } else { $current }
    $offered = @(& $words[0] __complete @($words | Select-Object -Skip 1) $last 2> $null)
    if ($offered.Count -lt 2 -or $offered[0] -ne 'words') { return }
    $offered | Select-Object -Skip 1 | ForEach-Object {
        $value, $help = $_ -split "`t", 2
        if (-not $help) { $help = $value }
        [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $help)
    }
}
