mkdir -p specs/games specs/.hidden
cat > specs/coin.texr <<'EOF'
dataset coin "Tosses of a coin" {
  columns { side : categorical {head, tail} "Side up"  height : continuous [0, 3] (unit "m") "How high it went" }
  model { side ~ {head: 0.5, tail: 0.5}  height ~ normal(1, 0.3) }
}
EOF
sed 's/coin/die/; s/{head, tail}/{one, six}/; s/head:/one:/; s/tail:/six:/' specs/coin.texr > specs/games/die.texr
cp specs/coin.texr specs/.hidden/secret.texr
timeless() { "$@" 2>&1 | sed -E 's/ in [0-9.]+ s \([0-9,]+ a second\)//'; return ${PIPESTATUS[0]}; }
run timeless texrc sample specs -n 20 -o tables
run ls -A tables tables/games tables/.texrc
run timeless texrc sample specs -n 20 -o tables
texrc sample specs/games/die.texr -n 20 -o die.parquet; run cmp die.parquet tables/games/die.parquet
run timeless texrc sample specs --rows 18:20 --format csv -o last
texrc sample specs/coin.texr -n 20 | tail -n 2 | diff - <(tail -n 2 last/coin.csv) && echo "the same rows"
run timeless texrc sample specs -n 20 --shards 1 -o shards
run tar -tf shards/tables-00000-of-00001.tar
# what changes, what goes, what fails
sed -i 's/0.5}/0.6}/' specs/games/die.texr
cp specs/coin.texr specs/again.texr
run timeless texrc sample specs -n 20 -o tables
rm specs/coin.texr specs/again.texr
for number in 1 2 3 4 5; do sed 's/0.5}/0.6}/' specs/.hidden/secret.texr > specs/wrong$number.texr; done
ln -s nowhere specs/lost.texr
run timeless texrc sample specs -n 20 -o tables
# what is refused
echo "my data" > tables/wrong1.parquet
run texrc sample specs -n 20 -o tables
run texrc sample specs -n 20
run texrc sample specs -n 20 -o -
run texrc sample specs -n 20 -o specs/games/die.texr
run texrc sample specs -n 20 -o tables --format csv
run texrc sample specs -n 20 -o tables --shards 2
run texrc sample specs -n 20 -o few --shards 100
run texrc sample specs/games/die.texr -n 20 -o die.csv --shards 2
mkdir empty; run texrc sample empty -o tables
mkdir -p clash/a.parquet; cp specs/games/die.texr clash/a.texr; cp specs/games/die.texr clash/a.parquet/b.texr
run texrc sample clash -o clashing
