package importer

// What the pages of LinkedIn, Facebook, Instagram, X and their like show around posts, in French and English: folded
// (no case, no accents, plain apostrophes and spaces), one a line.

// buttonWords are whole lines: things to press, and labels nobody wrote.
const buttonWords = `
j'aime
j'adore
aimer
commenter
commentaire
partager
partage
republier
reposter
envoyer
repondre
suivre
suivi
suivie
abonne
s'abonner
abonne(e)
se connecter
message
contacter
enregistrer
enregistre
traduire
masquer
signaler
modifier
supprimer
plus
voir plus
en voir plus
afficher plus
afficher la suite
lire la suite
voir moins
afficher moins
voir la traduction
afficher la traduction
voir l'original
voir tous les commentaires
afficher tous les commentaires
voir les commentaires precedents
afficher les statistiques
voir les statistiques
voir l'activite
voir la publication
booster
booster la publication
promouvoir
sponsorise
epingle
publication epinglee
post epingle
tout afficher
voir tout
tout voir
a propos
accueil
publications
post
posts
photos
videos
reels
identifie(e)
mentions
reponses
medias
articles
documents
emplois
personnes
evenements
avis
like
love
comment
comments
share
repost
send
reply
follow
following
followed
followers
subscribe
subscribed
connect
contact
save
saved
translate
hide
report
edit
delete
more
see more
show more
read more
see less
show less
see translation
show translation
see original
view all comments
view more comments
view previous comments
see all
show all
view analytics
view activity
view post
boost
boost post
promote
promoted
sponsored
pinned
pinned post
about
home
replies
media
videos & photos
tagged
jobs
people
events
reviews
photo
video
gif
alt
follow us
en savoir plus
learn more
copier le lien
copy link
activer pour afficher une image plus grande
activate to view larger image
visible de tous sur linkedin et en dehors
visible to anyone on or off linkedin
public
modifie
edited
auteur
author
plus de pertinence
les plus pertinents
most relevant
ajouter un commentaire
add a comment
ecrire un commentaire
write a comment
ajouter un commentaire…
add a comment…
lire
play
lecture
pause
muet
mute
unmute
son desactive
aucune description de photo disponible
no photo description available
`

// buttonStarts begin lines that a page writes, whatever follows.
const buttonStarts = `
voir les 
afficher les 
view all 
view more 
voir plus de 
see more of 
repondre a @
replying to @
en reponse a @
image pouvant contenir
peut etre une image
may be an image
no alternative text
aucun texte alternatif
post du fil d'actualite numero
publication du fil numero
feed post number
a republie ceci
reposted this
a aime ceci
likes this
ouvrir le menu de controle
open control menu
activer pour afficher
activate to view
play video
lire la video
duree 
loaded:
current time
photo de profil de
profile picture of
profile photo of
`

// counterWords are what numbers on a page count.
const counterWords = `
vue
vues
view
views
commentaire
commentaires
comment
comments
j'aime
mention j'aime
mentions j'aime
like
likes
reaction
reactions
partage
partages
share
shares
republication
republications
repost
reposts
retweet
retweets
citation
citations
quote
quotes
signet
signets
bookmark
bookmarks
reponse
reponses
reply
replies
abonne
abonnes
abonnement
abonnements
abonnee
abonnees
follower
followers
following
suivi
suivis
suivi(e)s
relation
relations
connection
connections
publication
publications
post
posts
impression
impressions
lecture
lectures
play
plays
enregistrement
enregistrements
save
saves
photo
photos
video
videos
personne
personnes
people
autre
autres
autre personne
autres personnes
other
others
employe
employes
employee
employees
membre
membres
member
members
`

// counterJoints may stand between counters of one line.
const counterJoints = " et and de of a · • | , + "

// agoUnits follow a number in the age of a post.
const agoUnits = `
s
sec
seconde
secondes
second
seconds
min
mins
minute
minutes
m
h
hr
hrs
heure
heures
hour
hours
j
jour
jours
d
day
days
sem
semaine
semaines
w
wk
wks
week
weeks
mois
mo
mos
month
months
an
ans
a
annee
annees
y
yr
yrs
year
years
`

// agoWords may stand around it.
const agoWords = " il y a ago environ about le the on at hier yesterday aujourd'hui today a l'instant just now maintenant modifie edited publie posted · • | , . lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday saturday sunday public partage avec shared with "

// moreEnds are what a page leaves at the end of a text it folded.
const moreEnds = `
…voir plus
… voir plus
...voir plus
... voir plus
…plus
… plus
...plus
... plus
…afficher plus
… afficher plus
…en voir plus
… en voir plus
…see more
… see more
...see more
... see more
…more
… more
...more
... more
`
