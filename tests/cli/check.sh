cat > clinic.texr <<'END'
dataset clinic "One visit" {
  columns {
    age    : integer [18, 90] (unit "years") "Age of the patient"
    smoker : boolean                         "Smokes every day"
    visits : integer [0, 20]                 "Visits in the year"
  }
  model {
    age ~ normal(45, 16)
    smoker | age ~ {
      < 30: {no: 0.7, yes: 0.2};
      > 30: {no: 0.8, yes: rest};
    }
    visits ~ poisson(1 + 0.05*aeg)
  }
}
END
run texrc check clinic.texr
run texrc check clinic.texr --output-format concise
run texrc check clinic.texr --output-format github
run texrc check clinic.texr --output-format json
run texrc check missing.texr
run texrc check
run texrc check clinic.texr --output-format yaml
run texrc check "$SPECS/health/births.texr"
mkdir empty
run texrc check empty
run texrc check "$SPECS"
echo 'dataset d "t" { columns { x: boolean "X" } model { x ~ uniform } }' | run texrc check -
printf '\xff\xfed' | run texrc check -
